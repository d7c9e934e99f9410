import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { media, productImages, variants } from '#db/schema/index.ts'
import { aProduct, somebody } from '#tests/support/cast.ts'
import { aPicture } from '#tests/support/pictures.ts'
import { listImagesForStaff } from './product-editor.server.ts'
import {
  addProductImages,
  deleteProductImage,
  maxImages,
  moveProductImage,
  updateProductImage,
} from './product-images.server.ts'

const add = (productId: number, hashes: string[]) => addProductImages({ productId, hashes, by: somebody })

/** A product with pictures called a, b, c, d by their alternative text. */
async function aPictureBook() {
  const { productId, variantId } = await aProduct()
  await add(productId, await Promise.all([1, 2, 3, 4].map(aPicture)))
  const images = await listImagesForStaff(productId)
  const ids = images.map((image) => image.id)
  for (const [index, id] of ids.entries())
    await db.update(productImages).set({ alt: 'abcd'[index]! }).where(eq(productImages.id, id))
  const [a, b, c, d] = ids as [number, number, number, number]
  return { productId, variantId, a, b, c, d }
}

async function order(productId: number) {
  const images = await listImagesForStaff(productId)
  expect(images.map((image) => image.position)).toEqual(images.map((_, index) => index + 1))
  return images.map((image) => image.alt).join('')
}

test('new pictures come behind the others, in the order they were chosen', async () => {
  const { productId } = await aPictureBook()
  const hashes = [await aPicture(), await aPicture()]
  expect(await add(productId, hashes)).toEqual({ ok: true })
  const images = await listImagesForStaff(productId)
  expect(images.slice(4).map((image) => image.hash)).toEqual(hashes)
  expect(images.map((image) => image.position)).toEqual([1, 2, 3, 4, 5, 6])
})

test('pictures added by two people at once get places of their own', async () => {
  const { productId } = await aProduct()
  const [one, two] = [await aPicture(), await aPicture()]
  await Promise.all([add(productId, [one]), add(productId, [two])])
  expect((await listImagesForStaff(productId)).map((image) => image.position)).toEqual([1, 2])
})

test('more than 250 pictures are refused as a whole', async () => {
  const { productId } = await aProduct()
  const hash = await aPicture()
  const addMany = (count: number) => add(productId, Array<string>(count).fill(hash))
  expect(await addMany(maxImages - 1)).toEqual({ ok: true })
  expect(await addMany(2)).toEqual({ ok: false, reason: 'too-many' })
  expect(await addMany(1)).toEqual({ ok: true })
  expect(await listImagesForStaff(productId)).toHaveLength(maxImages)
  expect(await add(999_999, [hash])).toEqual({ ok: false, reason: 'gone' })
})

test('a picture goes to the place that is typed, and the others make room', async () => {
  const { productId, a, d } = await aPictureBook()
  const place = (imageId: number, position: number, alt: string) =>
    updateProductImage({ productId, imageId, alt, position, by: somebody })
  expect(await place(d, 2, 'd')).toEqual({ ok: true })
  expect(await order(productId)).toBe('adbc')
  await place(a, 200, 'A')
  expect(await order(productId)).toBe('dbcA')
})

test('one step up or down stops at the ends', async () => {
  const { productId, a, c, d } = await aPictureBook()
  const move = (imageId: number, direction: 'up' | 'down') =>
    moveProductImage({ productId, imageId, direction, by: somebody })
  await move(c, 'up')
  expect(await order(productId)).toBe('acbd')
  await move(a, 'up')
  await move(d, 'down')
  expect(await order(productId)).toBe('acbd')
  await move(a, 'down')
  expect(await order(productId)).toBe('cabd')
})

test('a deleted picture leaves no gap, its variants show none, and the file stays', async () => {
  const { productId, variantId, b } = await aPictureBook()
  await db.update(variants).set({ imageId: b }).where(eq(variants.id, variantId))
  const [image] = await db.select().from(productImages).where(eq(productImages.id, b))
  expect(await deleteProductImage({ productId, imageId: b, by: somebody })).toBe(true)
  expect(await order(productId)).toBe('acd')
  const [variant] = await db.select().from(variants).where(eq(variants.id, variantId))
  expect(variant!.imageId).toBe(null)
  expect(await db.$count(media, eq(media.hash, image!.mediaHash!))).toBe(1)
  expect(await deleteProductImage({ productId, imageId: b, by: somebody })).toBe(false)
})

test('a picture of another product is not touched', async () => {
  const { productId } = await aPictureBook()
  const other = await aPictureBook()
  const foreign = { productId, imageId: other.a }
  expect(await updateProductImage({ ...foreign, alt: 'x', position: 4, by: somebody })).toMatchObject({
    reason: 'gone',
  })
  expect(await moveProductImage({ ...foreign, direction: 'down', by: somebody })).toMatchObject({
    reason: 'gone',
  })
  expect(await deleteProductImage({ productId, imageId: other.a, by: somebody })).toBe(false)
  expect(await order(other.productId)).toBe('abcd')
})
