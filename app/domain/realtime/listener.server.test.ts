import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { db, transaction } from '#db/client.ts'
import { products } from '#db/schema/index.ts'
import { aGuest, aProduct, filledForm, now, olgaOpensHerShop } from '#tests/support/cast.ts'
import { databaseUrl } from '#tests/support/database.ts'
import { announcementsOf, useEar } from '#tests/support/ear.ts'
import { setName } from './dependencies.ts'
import { changePosition, hasChangedSince, startListening, stopListening } from './listener.server.ts'

useEar()

beforeAll(async () => {
  await olgaOpensHerShop()
  await startListening(databaseUrl)
})
afterAll(stopListening)

/** What tells caches of products: pages of these products, or which sets of products are others now. */
const isOfSets = ({ topic, kind }: { topic: string; kind?: string }) =>
  topic === 'catalog' && kind === 'lists'
const isOfProducts = ({ topic }: { topic: string }) => topic.startsWith('product:')

/** How many such announcements there are through what `work` does. */
async function changesOf(work: () => Promise<unknown>, of = isOfSets): Promise<number> {
  return (await announcementsOf(work)).filter(of).length
}

async function sell(variantId: number, quantity: number) {
  const { settings } = await olgaOpensHerShop()
  const shopper = await aGuest({ variantId, quantity })
  const form = await filledForm(shopper, settings)
  return () => placeOrder({ shopper, form, settings, now })
}

test('a change of many rows is one announcement, one that is rolled back is none', async () => {
  await Promise.all([aProduct(), aProduct(), aProduct()])
  expect(await changesOf(() => db.update(products).set({ vendor: 'x' }))).toBe(1)
  const undone = transaction(async (tx) => {
    await tx.update(products).set({ vendor: 'y' })
    throw new Error('undone')
  }).catch(() => {})
  expect(await changesOf(() => undone)).toBe(0)
})

test('a sale is announced only when shoppers read something else afterwards', async () => {
  const { variantId } = await aProduct({ stock: 10 })
  const all = (heard: { topic: string; kind?: string }) => isOfSets(heard) || isOfProducts(heard)
  expect(await changesOf(await sell(variantId, 6), all)).toBe(0)
  expect(await changesOf(await sell(variantId, 1), all)).toBe(1)
})

test('after its connection was killed everything counts as changed, and it hears again', async () => {
  const before = changePosition()!
  await db.execute(sql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'till-listener' and datname = current_database()`)
  await expect
    .poll(() => changePosition() !== null && hasChangedSince(before, []), { timeout: 5_000 })
    .toBe(true)
  const again = changePosition()!
  await db.update(products).set({ vendor: 'z' })
  await expect.poll(() => hasChangedSince(again, [setName('vendor:Z')]), { timeout: 5_000 }).toBe(true)
  expect(hasChangedSince(again, [setName('vendor:never')])).toBe(false)
})
