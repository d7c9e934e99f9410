import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { listProductsForStaff } from '#app/domain/products/list-products.server.ts'
import { addProductImages } from '#app/domain/products/product-images.server.ts'
import { db } from '#db/client.ts'
import { media } from '#db/schema/index.ts'
import { anyUser, createProduct } from '#tests/support/cast.ts'
import { createImage } from '#tests/support/images.ts'
import { listCards } from './cards.server.ts'

test('a product’s card, and its row in the admin, show its first image that is ready', async () => {
  const [shown, plain] = [await createProduct({ title: 'First image' }), await createProduct()]
  const hashes = await Promise.all([createImage(), createImage(), createImage()])
  await addProductImages({ productId: shown.productId, hashes, by: anyUser })
  const [, second, third] = hashes
  for (const hash of [third, second]) {
    await db
      .update(media)
      .set({ status: 'ready', width: 640, height: 480, color: '#8c6f4a' })
      .where(eq(media.hash, hash))
    const image = { hash, width: 640, height: 480, color: '#8c6f4a' }
    const cards = await listCards([shown.productId, plain.productId])
    expect(cards.map((card) => card.image)).toEqual([expect.objectContaining(image), null])
    const { products } = await listProductsForStaff({
      filter: 'all',
      sort: 'title',
      query: 'First image',
      page: 1,
      lowStock: 0,
    })
    expect(products.map((row) => row.image)).toEqual([image])
  }
})
