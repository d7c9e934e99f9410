import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { media, productImages, variants } from '#db/schema/index.ts'
import { createProduct, anyUser } from '#tests/support/cast.ts'
import { createImage } from '#tests/support/images.ts'
import { listImagesForStaff } from './product-editor.server.ts'
import {
  addProductImages,
  deleteProductImage,
  maxImages,
  moveProductImage,
  updateProductImage,
} from './product-images.server.ts'

const add = (productId: number, hashes: string[]) => addProductImages({ productId, hashes, by: anyUser })

/** A product with images a, b, c, d (their alt texts). */
async function createProductWithImages() {
  const { productId, variantId } = await createProduct()
  await add(productId, await Promise.all([1, 2, 3, 4].map(createImage)))
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

test('new images are added after the others, in the selected order', async () => {
  const { productId } = await createProductWithImages()
  const hashes = [await createImage(), await createImage()]
  expect(await add(productId, hashes)).toEqual({ ok: true })
  const images = await listImagesForStaff(productId)
  expect(images.slice(4).map((image) => image.hash)).toEqual(hashes)
  expect(images.map((image) => image.position)).toEqual([1, 2, 3, 4, 5, 6])
})

test('images added by two users at once get different positions', async () => {
  const { productId } = await createProduct()
  const [one, two] = [await createImage(), await createImage()]
  await Promise.all([add(productId, [one]), add(productId, [two])])
  expect((await listImagesForStaff(productId)).map((image) => image.position)).toEqual([1, 2])
})

test('more than 250 images are refused as a whole', async () => {
  const { productId } = await createProduct()
  const hash = await createImage()
  const addMany = (count: number) => add(productId, Array<string>(count).fill(hash))
  expect(await addMany(maxImages - 1)).toEqual({ ok: true })
  expect(await addMany(2)).toEqual({ ok: false, reason: 'too-many-images' })
  expect(await addMany(1)).toEqual({ ok: true })
  expect(await listImagesForStaff(productId)).toHaveLength(maxImages)
  expect(await add(999_999, [hash])).toEqual({ ok: false, reason: 'not-found' })
})

test('an image moves to the typed position, and the others shift', async () => {
  const { productId, a, d } = await createProductWithImages()
  const place = (imageId: number, position: number, alt: string) =>
    updateProductImage({ productId, imageId, alt, position, by: anyUser })
  expect(await place(d, 2, 'd')).toEqual({ ok: true })
  expect(await order(productId)).toBe('adbc')
  await place(a, 200, 'A')
  expect(await order(productId)).toBe('dbcA')
})

test('an image is moved, past the end to the end, and keeps its alt text', async () => {
  const { productId, a, c, d } = await createProductWithImages()
  const move = (imageId: number, position: number) =>
    moveProductImage({ productId, imageId, position, by: anyUser })
  await move(c, 2)
  expect(await order(productId)).toBe('acbd')
  await move(a, 2)
  expect(await order(productId)).toBe('cabd')
  await move(d, 5)
  expect(await order(productId)).toBe('cabd')
})

test('a deleted image leaves no gap, its variants have none, and the file stays', async () => {
  const { productId, variantId, b } = await createProductWithImages()
  await db.update(variants).set({ imageId: b }).where(eq(variants.id, variantId))
  const [image] = await db.select().from(productImages).where(eq(productImages.id, b))
  expect(await deleteProductImage({ productId, imageId: b, by: anyUser })).toBe(true)
  expect(await order(productId)).toBe('acd')
  const [variant] = await db.select().from(variants).where(eq(variants.id, variantId))
  expect(variant!.imageId).toBe(null)
  expect(await db.$count(media, eq(media.hash, image!.mediaHash!))).toBe(1)
  expect(await deleteProductImage({ productId, imageId: b, by: anyUser })).toBe(false)
})

test('an image of another product is not changed', async () => {
  const { productId } = await createProductWithImages()
  const other = await createProductWithImages()
  const foreign = { productId, imageId: other.a }
  expect(await updateProductImage({ ...foreign, alt: 'x', position: 4, by: anyUser })).toMatchObject({
    reason: 'not-found',
  })
  expect(await moveProductImage({ ...foreign, position: 4, by: anyUser })).toMatchObject({
    reason: 'not-found',
  })
  expect(await deleteProductImage({ productId, imageId: other.a, by: anyUser })).toBe(false)
  expect(await order(other.productId)).toBe('abcd')
})
