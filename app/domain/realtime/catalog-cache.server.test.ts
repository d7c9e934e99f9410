import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { products } from '#db/schema/index.ts'
import { createProduct } from '#tests/support/cast.ts'
import { databaseUrl } from '#tests/support/database.ts'
import { setName, shownDependencies } from './dependencies.ts'
import { cachedByCatalogVersion, cachedWithLag, laggingName } from './catalog-cache.server.ts'
import { changePosition, hasChangedSince, startListening, stopListening } from './listener.server.ts'

beforeAll(() => startListening(databaseUrl))
afterAll(stopListening)

test('a query runs once, also for concurrent calls, until the catalog changes', async () => {
  let asked = 0
  const dependsOn = [setName('all')]
  const ask = () =>
    cachedByCatalogVersion({ question: 'how many', dependsOn }, () => Promise.resolve(++asked))
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1])
  const before = changePosition()!
  await createProduct()
  await expect.poll(() => hasChangedSince(before, dependsOn)).toBe(true)
  expect(await ask()).toBe(2)
})

test('a cached answer stays valid when a product that it does not show changes', async () => {
  const [shown, other] = [await createProduct(), await createProduct()]
  let asked = 0
  const ask = () =>
    cachedByCatalogVersion(
      { question: 'one of them', dependsOn: [], shown: () => shownDependencies([{ id: shown.productId }]) },
      () => Promise.resolve(++asked),
    )
  const rename = async (productId: number) => {
    const before = changePosition()!
    await db
      .update(products)
      .set({ title: `Renamed ${asked}` })
      .where(eq(products.id, productId))
    await expect.poll(() => hasChangedSince(before, [`product:${productId}`])).toBe(true)
  }
  await expect.poll(() => hasChangedSince(changePosition()!, null)).toBe(false)
  expect(await ask()).toBe(1)
  await rename(other.productId)
  expect(await ask()).toBe(1)
  await rename(shown.productId)
  expect(await ask()).toBe(2)
})

test('a Drizzle query runs once, although each await of it would run it again', async () => {
  const ask = () =>
    cachedByCatalogVersion({ question: 'drizzle', dependsOn: [] }, () =>
      db.select({ id: products.id }).from(products).limit(1),
    )
  expect(await ask()).toBe(await ask())
})

test('a lagging answer is returned until the query has run again, whose end is a change', async () => {
  let asked = 0
  const gates = [1, 2, 3].map(() => Promise.withResolvers<void>())
  const dependsOn = [setName('all')]
  const ask = () =>
    cachedWithLag({ question: 'slow', dependsOn }, async () => {
      asked += 1
      await gates[asked - 1]!.promise
      return asked
    })
  gates[0]!.resolve()
  expect(await ask()).toBe(1)
  const before = changePosition()!
  await createProduct()
  await expect.poll(() => hasChangedSince(before, dependsOn)).toBe(true)

  expect(await Promise.all([ask(), ask()])).toEqual([1, 1])
  const rendered = changePosition()!
  await expect.poll(() => asked, { timeout: 5_000 }).toBe(2)
  expect(await ask()).toBe(1)
  expect(hasChangedSince(rendered, [laggingName('slow')])).toBe(false)
  gates[1]!.resolve()
  await expect.poll(() => hasChangedSince(rendered, [laggingName('slow')])).toBe(true)
  expect(await ask()).toBe(2)
  expect(asked).toBe(2)
})

test('an error is not cached', async () => {
  const of = { question: 'broken', dependsOn: [] }
  await expect(cachedByCatalogVersion(of, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await cachedByCatalogVersion(of, () => Promise.resolve('fine'))).toBe('fine')
})

test('nothing is cached while changes are not received', async () => {
  await stopListening()
  let asked = 0
  const ask = () =>
    cachedByCatalogVersion({ question: 'unheard', dependsOn: [] }, () => Promise.resolve(++asked))
  expect([await ask(), await ask()]).toEqual([1, 2])
})
