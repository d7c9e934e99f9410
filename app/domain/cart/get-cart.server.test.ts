import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { variants } from '#db/schema/index.ts'
import { createGuest, createProduct } from '#tests/support/cast.ts'
import { createProductImage } from '#tests/support/images.ts'
import { setLineQuantity } from './cart.server.ts'
import { getCart } from './get-cart.server.ts'

test('a line shows the variant’s own image, else the product’s first that is ready, else none', async () => {
  const { productId, variantId } = await createProduct()
  const plain = await createProduct()
  const shopper = await createGuest({ variantId }, plain)
  const images = async () => (await getCart(shopper))!.lines.map(({ image }) => image)
  expect(await images()).toEqual([null, null])
  await createProductImage(productId, 1, 'pending')
  await createProductImage(productId, 2)
  const own = await createProductImage(productId, 3)
  expect(await images()).toEqual([expect.objectContaining({ alt: 'image 2', width: 640 }), null])
  await db.update(variants).set({ imageId: own }).where(eq(variants.id, variantId))
  expect(await images()).toEqual([expect.objectContaining({ alt: 'image 3', height: 480 }), null])
})

test('getCart is null without a cart, and an emptied cart has no lines', async () => {
  expect(await getCart(null)).toBeNull()
  expect(await getCart(await createGuest())).toBeNull()
  const { variantId } = await createProduct()
  const shopper = await createGuest({ variantId })
  await setLineQuantity({ shopper, variantId, quantity: 0 })
  expect(await getCart(shopper)).toMatchObject({ lines: [], count: 0, subtotal: 0, isReady: false })
})
