import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { media, productImages, variants } from '#db/schema/index.ts'
import { aGuest, aProduct } from '#tests/support/cast.ts'
import { setLineQuantity } from './cart.server.ts'
import { getCart } from './get-cart.server.ts'

async function aPicture(productId: number, position: number, status: 'ready' | 'pending' = 'ready') {
  const hash = position.toString(16).repeat(64).slice(0, 64)
  const size = status === 'ready' ? { width: 640, height: 480 } : {}
  await db
    .insert(media)
    .values({ hash, status, contentType: 'image/png', byteSize: 1, original: Buffer.alloc(1), ...size })
    .onConflictDoNothing()
  const [image] = await db
    .insert(productImages)
    .values({ productId, position, alt: `picture ${position}`, mediaHash: hash })
    .returning({ id: productImages.id })
  return image!.id
}

test('a line shows the variant’s own picture, else the product’s first that is ready, else none', async () => {
  const { productId, variantId } = await aProduct()
  const plain = await aProduct()
  const shopper = await aGuest({ variantId }, plain)
  const pictures = async () => (await getCart(shopper))!.lines.map(({ image }) => image)
  expect(await pictures()).toEqual([null, null])
  await aPicture(productId, 1, 'pending')
  await aPicture(productId, 2)
  const own = await aPicture(productId, 3)
  expect(await pictures()).toEqual([expect.objectContaining({ alt: 'picture 2', width: 640 }), null])
  await db.update(variants).set({ imageId: own }).where(eq(variants.id, variantId))
  expect(await pictures()).toEqual([expect.objectContaining({ alt: 'picture 3', height: 480 }), null])
})

test('nobody without a cart has one, and an emptied cart is one without lines', async () => {
  expect(await getCart(null)).toBeNull()
  expect(await getCart(await aGuest())).toBeNull()
  const { variantId } = await aProduct()
  const shopper = await aGuest({ variantId })
  await setLineQuantity({ shopper, variantId, quantity: 0 })
  expect(await getCart(shopper)).toMatchObject({ lines: [], count: 0, subtotal: 0, isReady: false })
})
