import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { deleteProduct } from '#app/domain/products/delete-product.server.ts'
import { db } from '#db/client.ts'
import { collections, handleHistory, products } from '#db/schema/index.ts'
import { anyUser, createProduct } from '#tests/support/cast.ts'
import { getRenamedTo, isDeletedHandle } from './handle-history.server.ts'

const rename = (id: number, handle: string) => db.update(products).set({ handle }).where(eq(products.id, id))

const listHistory = (productId: number) =>
  db
    .select({ handle: handleHistory.handle })
    .from(handleHistory)
    .where(eq(handleHistory.productId, productId))

test('every former handle leads to the current one, however often the product was renamed', async () => {
  const { productId, handle } = await createProduct()
  await rename(productId, 'renamed-once')
  await rename(productId, 'renamed-twice')
  expect(await getRenamedTo('product', handle)).toBe('renamed-twice')
  expect(await getRenamedTo('product', 'renamed-once')).toBe('renamed-twice')
  expect(await getRenamedTo('product', 'renamed-twice')).toBeNull()
  expect(await getRenamedTo('collection', handle)).toBeNull()
})

test('a product that is renamed back has no former handle of the same name', async () => {
  const { productId, handle } = await createProduct()
  await rename(productId, 'there')
  await rename(productId, handle)
  expect(await listHistory(productId)).toEqual([{ handle: 'there' }])
  expect(await getRenamedTo('product', 'there')).toBe(handle)
})

test('an update of everything else records nothing', async () => {
  const { productId, handle } = await createProduct()
  await db.update(products).set({ handle, title: 'Other' }).where(eq(products.id, productId))
  expect(await listHistory(productId)).toEqual([])
})

test('a handle in use again belongs to its new product, also after that one is renamed', async () => {
  const former = await createProduct()
  await rename(former.productId, 'former-now')
  const next = await createProduct()
  await rename(next.productId, former.handle)
  expect(await getRenamedTo('product', former.handle)).toBeNull()
  await rename(next.productId, 'next-now')
  expect(await getRenamedTo('product', former.handle)).toBe('next-now')
})

test('a product that shoppers cannot see has no former addresses', async () => {
  const { productId, handle } = await createProduct()
  await rename(productId, 'hidden-now')
  await db.update(products).set({ status: 'draft' }).where(eq(products.id, productId))
  expect(await getRenamedTo('product', handle)).toBeNull()
  expect(await isDeletedHandle('product', handle)).toBe(false)
})

test('all handles of a deleted product are known as deleted, until another product has them', async () => {
  const { productId, handle } = await createProduct()
  await rename(productId, 'last-handle')
  await deleteProduct(productId, anyUser)
  for (const gone of [handle, 'last-handle']) {
    expect(await isDeletedHandle('product', gone), gone).toBe(true)
    expect(await getRenamedTo('product', gone), gone).toBeNull()
  }
  expect(await isDeletedHandle('collection', handle)).toBe(false)
  const next = await createProduct()
  await rename(next.productId, handle)
  await db.update(products).set({ status: 'draft' }).where(eq(products.id, next.productId))
  expect(await isDeletedHandle('product', handle)).toBe(false)
  await db
    .update(products)
    .set({ status: 'active', handle: 'next-handle' })
    .where(eq(products.id, next.productId))
  expect(await getRenamedTo('product', handle)).toBe('next-handle')
  await deleteProduct(next.productId, anyUser)
  expect(await isDeletedHandle('product', handle)).toBe(true)
})

test('the handle of a deleted collection is known as deleted', async () => {
  await db.insert(collections).values({ handle: 'sale-of-last-year', title: 'Sale' })
  await db.delete(collections).where(eq(collections.handle, 'sale-of-last-year'))
  expect(await isDeletedHandle('collection', 'sale-of-last-year')).toBe(true)
  expect(await isDeletedHandle('product', 'sale-of-last-year')).toBe(false)
})

test('collections have a history of their own', async () => {
  const [pots] = await db
    .insert(collections)
    .values({ handle: 'old-pots', title: 'Pots', publishedAt: new Date(0) })
    .returning({ id: collections.id })
  await db.update(collections).set({ handle: 'new-pots' }).where(eq(collections.id, pots!.id))
  expect(await getRenamedTo('collection', 'old-pots')).toBe('new-pots')
  expect(await getRenamedTo('product', 'old-pots')).toBeNull()
  await db.update(collections).set({ publishedAt: null }).where(eq(collections.id, pots!.id))
  expect(await getRenamedTo('collection', 'old-pots')).toBeNull()
})
