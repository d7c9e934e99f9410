import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { db, transaction } from '#db/client.ts'
import { products } from '#db/schema/index.ts'
import { aGuest, aProduct, filledForm, now, olgaOpensHerShop } from '#tests/support/cast.ts'
import { databaseUrl } from '#tests/support/database.ts'
import { catalogVersion, startListening, stopListening } from './listener.server.ts'

const heard: string[] = []
const arrivals = new Map<string, () => void>()
let ear: postgres.Sql

beforeAll(async () => {
  await olgaOpensHerShop()
  await startListening(databaseUrl)
  ear = postgres(databaseUrl, { max: 1, onnotice: () => {} })
  await ear.listen('till', (payload) => {
    heard.push(payload)
    arrivals.get(payload)?.()
  })
})

afterAll(async () => {
  await stopListening()
  await ear.end()
})

/** Sends a marker and waits until it is heard: announcements come in the order of commits. */
async function mark(): Promise<string> {
  const marker = `{"topic":"marker","id":"${randomUUID()}"}`
  const arrival = new Promise<void>((resolve) => arrivals.set(marker, resolve))
  await db.execute(sql`select pg_notify('till', ${marker})`)
  await arrival
  return marker
}

/** How many changes of the catalogue are announced through what `work` does. */
async function announcementsOf(work: () => Promise<unknown>): Promise<number> {
  const from = await mark()
  await work()
  const to = await mark()
  const between = heard.slice(heard.indexOf(from), heard.indexOf(to))
  return between.filter((payload) => payload.includes('"catalog"')).length
}

async function sell(variantId: number, quantity: number) {
  const { settings } = await olgaOpensHerShop()
  const shopper = await aGuest({ variantId, quantity })
  const form = await filledForm(shopper, settings)
  return () => placeOrder({ shopper, form, settings, now })
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
  await expect.poll(catalogVersion, { timeout: 5_000 }).not.toBe(before)
  const again = catalogVersion()
  await db.update(products).set({ vendor: 'z' })
  await expect.poll(catalogVersion, { timeout: 5_000 }).toBe(again! + 1)
})
