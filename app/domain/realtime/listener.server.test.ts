import { setTimeout as wait } from 'node:timers/promises'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { db, transaction } from '#db/client.ts'
import { products } from '#db/schema/index.ts'
import { aGuest, aProduct, filledForm, now, olgaOpensHerShop } from '#tests/support/cast.ts'
import { databaseUrl } from '#tests/support/database.ts'
import { catalogVersion, startListening, stopListening } from './listener.server.ts'

beforeAll(async () => {
  await olgaOpensHerShop()
  await startListening(databaseUrl)
})

afterAll(stopListening)

/** How often the version went up through what `work` did: a marker sent afterwards comes after all of it. */
async function announcementsOf(work: () => Promise<unknown>): Promise<number> {
  const before = catalogVersion()!
  await work()
  await db
    .update(products)
    .set({ title: sql`title` })
    .where(eq(products.id, -1))
  for (let tries = 0; catalogVersion() === before && tries < 200; tries += 1) await wait(5)
  // Both may arrive in one go; a moment later they are all here, because one connection delivers in order.
  await wait(20)
  return catalogVersion()! - before - 1
}

async function sell(variantId: number, quantity: number) {
  const { settings } = await olgaOpensHerShop()
  const { sessionId } = await aGuest({ variantId, quantity })
  const form = await filledForm(sessionId, settings)
  return () => placeOrder({ sessionId, form, settings, now })
}

test('a change of many rows is one announcement, one that is rolled back is none', async () => {
  await Promise.all([aProduct(), aProduct(), aProduct()])
  expect(await announcementsOf(() => db.update(products).set({ vendor: 'x' }))).toBe(1)
  const undone = transaction(async (tx) => {
    await tx.update(products).set({ vendor: 'y' })
    throw new Error('undone')
  }).catch(() => {})
  expect(await announcementsOf(() => undone)).toBe(0)
})

test('a sale is announced only when shoppers read something else afterwards', async () => {
  const { variantId } = await aProduct({ stock: 10 })
  expect(await announcementsOf(await sell(variantId, 6))).toBe(0)
  expect(await announcementsOf(await sell(variantId, 1))).toBe(1)
})

test('after its connection was killed everything counts as changed, and it hears again', async () => {
  const before = catalogVersion()!
  await db.execute(sql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'till-listener' and datname = current_database()`)
  for (let tries = 0; catalogVersion() === before && tries < 400; tries += 1) await wait(5)
  expect(catalogVersion()).not.toBe(before)
  expect(await announcementsOf(() => db.update(products).set({ vendor: 'z' }))).toBe(1)
})
