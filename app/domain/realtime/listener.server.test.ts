import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { db, transaction } from '#db/client.ts'
import { products } from '#db/schema/index.ts'
import { createGuest, createProduct, filledForm, now, createShop } from '#tests/support/cast.ts'
import { databaseUrl } from '#tests/support/database.ts'
import { listAnnouncements, useAnnouncements } from '#tests/support/announcements.ts'
import { setName } from './dependencies.ts'
import { changePosition, hasChangedSince, startListening, stopListening } from './listener.server.ts'

useAnnouncements()

beforeAll(async () => {
  await createShop()
  await startListening(databaseUrl)
})
afterAll(stopListening)

/** Announcements for caches: changed products, or changed sets of products. */
const isOfSets = ({ topic, kind }: { topic: string; kind?: string }) =>
  topic === 'catalog' && kind === 'lists'
const isOfProducts = ({ topic }: { topic: string }) => topic.startsWith('product:')

/** Counts such announcements while `work` runs. */
async function countAnnouncements(work: () => Promise<unknown>, of = isOfSets): Promise<number> {
  return (await listAnnouncements(work)).filter(of).length
}

async function sell(variantId: number, quantity: number) {
  const { settings } = await createShop()
  const shopper = await createGuest({ variantId, quantity })
  const form = await filledForm(shopper, settings)
  return () => placeOrder({ shopper, form, settings, now })
}

test('a change of many rows is one announcement, a rolled-back one is none', async () => {
  await Promise.all([createProduct(), createProduct(), createProduct()])
  expect(await countAnnouncements(() => db.update(products).set({ vendor: 'x' }))).toBe(1)
  const undone = transaction(async (tx) => {
    await tx.update(products).set({ vendor: 'y' })
    throw new Error('undone')
  }).catch(() => {})
  expect(await countAnnouncements(() => undone)).toBe(0)
})

test('a sale is announced only when its label changes for shoppers', async () => {
  const { variantId } = await createProduct({ stock: 10 })
  const all = (announcement: { topic: string; kind?: string }) =>
    isOfSets(announcement) || isOfProducts(announcement)
  expect(await countAnnouncements(await sell(variantId, 6), all)).toBe(0)
  expect(await countAnnouncements(await sell(variantId, 1), all)).toBe(1)
})

test('after its connection was killed everything counts as changed, and the listener reconnects', async () => {
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
