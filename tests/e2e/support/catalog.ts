import { randomUUID } from 'node:crypto'
import { eq, ne } from 'drizzle-orm'
import sharp from 'sharp'
import { createCollection } from '#app/domain/collections/collection-editor.server.ts'
import { addMembers } from '#app/domain/collections/collection-members.server.ts'
import { storeUpload } from '#app/domain/media/store-upload.server.ts'
import { addProductImages } from '#app/domain/products/product-images.server.ts'
import { db } from '#db/client.ts'
import { media, products } from '#db/schema/index.ts'
import { createProduct, createShop, now } from '../../support/cast.ts'
import { expect } from './test.ts'

/** A collection of two lamps and a mug; returns its URL. */
export async function createLamps(): Promise<string> {
  const { olga } = await createShop()
  const handle = `lights-${randomUUID()}`
  const ids = []
  for (const [title, type, stock] of [
    ['Desk lamp', 'Lamp', 5],
    ['Floor lamp', 'Lamp', 0],
    ['Mug', 'Mug', 5],
  ] as const) {
    const { productId } = await createProduct({ title, stock })
    await db.update(products).set({ type }).where(eq(products.id, productId))
    ids.push(productId)
  }
  const made = await createCollection({
    ...{ title: 'Lights', handle, description: '', parentId: null, position: 1, now, by: olga },
    ...{ kind: 'manual', match: 'all', rules: [], isShown: true, publishedAt: null },
    ...{ seoTitle: '', seoDescription: '' },
  })
  if (!made.ok) throw new Error(made.reason)
  await addMembers({ collectionId: made.id, productIds: ids, by: olga })
  return `/collections/${handle}`
}

/** A product with two images that are ready; returns its handle. */
export async function createPictured(): Promise<string> {
  const { olga } = await createShop()
  const { productId, handle } = await createProduct({ title: 'Tote' })
  const hashes = []
  for (const background of ['#203050', '#c0a050']) {
    const bytes = await sharp({ create: { width: 800, height: 1000, channels: 3, background } })
      .png()
      .toBuffer()
    const stored = await storeUpload({ filename: 'tote.png', bytes })
    if (!stored.ok) throw new Error(stored.reason)
    hashes.push(stored.hash)
  }
  await addProductImages({ productId, hashes, by: olga })
  const pending = () => db.$count(media, ne(media.status, 'ready'))
  await expect.poll(pending, { timeout: 30_000 }).toBe(0)
  return handle
}
