import { eq, sql } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { cancelOrder } from '#app/domain/billing/cancel-order.server.ts'
import { closeAccount } from '#app/domain/accounts/close-account.server.ts'
import { exportAccount } from '#app/domain/customers/export-account.server.ts'
import { deleteExpired } from '#app/domain/maintenance/cleanup.server.ts'
import { mergeCarts } from '#app/domain/cart/merge-carts.server.ts'
import { db, transaction } from '#db/client.ts'
import { cartLines, orderLines, orders, products, searchClicks, searchCounts } from '#db/schema/index.ts'
import {
  createGuest,
  createOrder,
  createProduct,
  createShop,
  createUser,
  password,
} from '#tests/support/cast.ts'
import { createRandom } from '#tests/support/random.ts'
import { addClick, addSearch, createBatch } from './search-batch.ts'
import { type SearchSort, searchSorts } from './search-report.ts'
import { getSearchedTerm, listSearchedTerms, sumSearches } from './search-report.server.ts'
import { deleteOldSearches, maxRowsPerDay, storeSearches } from './store-searches.server.ts'

const timeZone = 'Europe/Berlin'
/** One o'clock on 27 November in Berlin, while it is still the 26th in UTC. */
const now = new Date('2026-11-27T00:00:00Z')
const daysAgo = (days: number, hours = 0) => new Date(now.getTime() - (days * 24 - hours) * 3_600_000)
const reading = { days: 30, timeZone, now, withSales: true }

const listAll = (changes: Partial<Parameters<typeof listSearchedTerms>[0]> = {}) =>
  listSearchedTerms({ ...reading, list: 'all', sort: 'searches', limit: 1_000, ...changes })

type Handle = { handle: string }

function batchOf(
  searches: [query: string, results: number][],
  clicks: [query: string, product: Handle][] = [],
) {
  const batch = createBatch()
  for (const [query, results] of searches) addSearch(batch, query, results)
  for (const [query, { handle }] of clicks) addClick(batch, query, handle)
  return batch
}

/** An order of so many days ago whose line a search led to. */
async function orderAfter(searchQuery: string, variantId: number, quantity: number, placedAt: Date) {
  const { orderId, olga } = await createOrder({ variantId, quantity, searchQuery })
  await db
    .update(orders)
    .set({ placedAt: sql`${placedAt.toISOString()}::timestamptz` })
    .where(eq(orders.id, orderId))
  return { orderId, olga }
}

beforeAll(() => createShop())
beforeEach(async () => {
  await db.delete(searchCounts)
  await db.delete(searchClicks)
  await db.update(orderLines).set({ searchQuery: null })
})

/** What happened, one by one: the slow way to the same report. */
type Happened = { at: Date; query: string } & (
  | { kind: 'search'; results: number }
  | { kind: 'click'; productId: number }
  | {
      kind: 'sale'
      productId: number
      orderId: number
      quantity: number
      amount: number
      isCanceled: boolean
    }
)

const dayFormat = new Intl.DateTimeFormat('en-CA', { timeZone })

function recount(history: Happened[], days: number) {
  const from = dayFormat.format(
    new Date(Date.parse(`${dayFormat.format(now)}T12:00:00Z`) - (days - 1) * 86_400_000),
  )
  const inside = history.filter(({ at }) => dayFormat.format(at) >= from)
  return [...new Set(inside.map(({ query }) => query))].flatMap((query) => {
    const own = inside.filter((one) => one.query === query)
    const searches = own.filter((one) => one.kind === 'search')
    const clicks = own.filter((one) => one.kind === 'click')
    const sales = own.filter((one) => one.kind === 'sale').filter(({ isCanceled }) => !isCanceled)
    if (searches.length + clicks.length + sales.length === 0) return []
    return [
      {
        query,
        searches: searches.length,
        results: searches.at(-1)?.results ?? null,
        clicks: clicks.length,
        sales: {
          orders: new Set(sales.map(({ orderId }) => orderId)).size,
          units: sales.reduce((sum, { quantity }) => sum + quantity, 0),
          revenue: sales.reduce((sum, { amount }) => sum + amount, 0),
        },
      },
    ]
  })
}

test('the report of a random history, stored by two processes at once, equals a recount of every event', async () => {
  const random = createRandom(20_261_127)
  const goods = [await createProduct({ stock: 900 }), await createProduct({ stock: 900, price: 1250 })]
  const queries = ['pot', 'clay pot', 'chair', 'zzz', '%', "'; --", '🪴']
  const history: Happened[] = []
  const times = Array.from({ length: 30 }, () => daysAgo(random.below(95), random.below(24))).sort(
    (a, b) => a.getTime() - b.getTime(),
  )
  for (const at of times) {
    const batches = [createBatch(), createBatch()]
    const results = new Map(queries.map((query) => [query, random.below(3)]))
    for (const batch of batches)
      for (let events = 0; events < 12; events += 1) {
        const query = random.pick(queries)
        const product = random.pick(goods)
        if (random.below(3) > 0) {
          addSearch(batch, query, results.get(query)!)
          history.push({ kind: 'search', at, query, results: results.get(query)! })
        } else {
          addClick(batch, query, product.handle)
          history.push({ kind: 'click', at, query, productId: product.productId })
        }
      }
    await Promise.all(batches.map((batch) => storeSearches(batch, at)))
  }
  for (let placed = 0; placed < 12; placed += 1) {
    const query = random.pick([...queries, 'only bought'])
    const [product, quantity] = [random.pick(goods), 1 + random.below(3)]
    const at = daysAgo(random.below(95), random.below(24))
    const { orderId, olga } = await orderAfter(query, product.variantId, quantity, at)
    const isCanceled = random.below(4) === 0
    const [order] = await db.select({ version: orders.version }).from(orders).where(eq(orders.id, orderId))
    if (isCanceled) await cancelOrder({ orderId, version: order!.version, reason: '', by: olga })
    const [line] = await db.select().from(orderLines).where(eq(orderLines.orderId, orderId))
    const { productId } = product
    history.push({
      kind: 'sale',
      at,
      query,
      productId,
      orderId,
      quantity,
      amount: line!.lineTotal,
      isCanceled,
    })
  }

  for (const days of [1, 7, 30, 90]) {
    const expected = recount(history, days)
    const { terms, total } = await listAll({ days })
    const byQuery = (rows: { query: string }[]) => new Map(rows.map((row) => [row.query, row]))
    expect(byQuery(terms), `${days} days`).toEqual(byQuery(expected))
    expect(total).toBe(expected.length)
    const add = (of: (term: (typeof expected)[number]) => number) =>
      expected.reduce((sum, term) => sum + of(term), 0)
    expect(await sumSearches({ ...reading, days })).toEqual({
      searches: add(({ searches }) => searches),
      withoutResults: add(({ results, searches }) => (results === 0 ? searches : 0)),
      clicks: add(({ clicks }) => clicks),
      sales: {
        orders: add(({ sales }) => sales.orders),
        units: add(({ sales }) => sales.units),
        revenue: add(({ sales }) => sales.revenue),
      },
    })
    for (const { query, ...counted } of expected) {
      const { products: listed, ...term } = await getSearchedTerm({ ...reading, days, query })
      expect(term).toEqual(counted)
      expect(listed.reduce((sum, { clicks }) => sum + clicks, 0)).toBe(counted.clicks)
      expect(listed.reduce((sum, { sales }) => sum + sales!.revenue, 0)).toBe(counted.sales.revenue)
    }
  }
}, 60_000)

test('terms are listed with, without results or without clicks, by one column, highest first', async () => {
  const pot = await createProduct()
  await storeSearches(
    batchOf([['pot', 3], ['pot', 3], ['sofa', 0], ['chair', 2], ['chair', 2], ['chair', 2]], [['pot', pot]]), // prettier-ignore
    now,
  )
  await orderAfter('sofa', pot.variantId, 2, now)
  const queriesOf = async (changes: Parameters<typeof listAll>[0]) =>
    (await listAll(changes)).terms.map(({ query }) => query)
  expect(await queriesOf({})).toEqual(['chair', 'pot', 'sofa'])
  expect(await queriesOf({ list: 'no-results' })).toEqual(['sofa'])
  expect(await queriesOf({ list: 'no-clicks' })).toEqual(['chair'])
  const sorted: Record<SearchSort, string[]> = {
    searches: ['chair', 'pot', 'sofa'],
    results: ['pot', 'chair', 'sofa'],
    clicks: ['pot', 'chair', 'sofa'],
    orders: ['sofa', 'chair', 'pot'],
    revenue: ['sofa', 'chair', 'pot'],
  }
  for (const sort of searchSorts) expect(await queriesOf({ sort }), sort).toEqual(sorted[sort])
  expect(await listAll({ limit: 1 })).toMatchObject({ terms: [{ query: 'chair' }], total: 3 })
})

test('staff who cannot see orders get no sales, and nothing that is only known from an order', async () => {
  const pot = await createProduct()
  await storeSearches(batchOf([['pot', 1], ['chair', 1], ['chair', 1]], [['pot', pot]]), now) // prettier-ignore
  await orderAfter('pot', pot.variantId, 1, now)
  await orderAfter('only bought', pot.variantId, 1, now)
  const withSales = false
  const { terms } = await listAll({ withSales, sort: 'revenue' })
  expect(terms.map(({ query, sales }) => [query, sales])).toEqual([['chair', null], ['pot', null]]) // prettier-ignore
  expect((await sumSearches({ ...reading, withSales })).sales).toBe(null)
  const term = await getSearchedTerm({ ...reading, withSales, query: 'pot' })
  expect(term.products.map(({ clicks, sales }) => [clicks, sales])).toEqual([[1, null]])
  const bought = await getSearchedTerm({ ...reading, withSales, query: 'only bought' })
  expect(bought).toEqual({ searches: 0, results: null, clicks: 0, sales: null, products: [] })
})

test('many processes that store the same queries in any order neither deadlock nor lose a count', async () => {
  const pot = await createProduct()
  const queries = Array.from({ length: 200 }, (_, index) => `query ${index}`)
  const batches = Array.from({ length: 12 }, (_, index) => {
    const own = index % 2 ? queries.toReversed() : queries
    return batchOf(own.map((query) => [query, 1]), own.map((query) => [query, pot])) // prettier-ignore
  })
  await Promise.all(batches.map((batch) => storeSearches(batch, now)))
  const { terms } = await listAll()
  expect(terms).toHaveLength(200)
  expect(new Set(terms.map(({ searches, clicks }) => `${searches} ${clicks}`))).toEqual(new Set(['12 12']))
})

test('a day has a limited number of queries; beyond it known ones still count', async () => {
  const pot = await createProduct()
  await storeSearches(batchOf([['pot', 1]], [['pot', pot]]), now)
  for (let part = 0; part < 7; part += 1) {
    const made = Array.from({ length: 900 }, (_, index) => `made up ${part} ${index}`)
    await storeSearches(batchOf([...made.map((query): [string, number] => [query, 0]), ['pot', 2]]), now)
    await storeSearches(
      batchOf([], [...made.map((query): [string, Handle] => [query, pot]), ['pot', pot]]),
      now,
    )
  }
  expect(await db.$count(searchCounts)).toBe(maxRowsPerDay)
  expect(await db.$count(searchClicks)).toBe(maxRowsPerDay)
  expect(await getSearchedTerm({ ...reading, query: 'pot' })).toMatchObject({
    searches: 8,
    results: 2,
    clicks: 8,
  })
  await storeSearches(batchOf([['next day', 1]]), daysAgo(-1))
  expect(await db.$count(searchCounts)).toBe(maxRowsPerDay + 1)
})

test('a click on a product that is deleted stays, one on a product that never was does not count', async () => {
  const pot = await createProduct()
  await storeSearches(batchOf([], [['pot', pot], ['pot', { handle: 'none' }]]), now) // prettier-ignore
  await db.delete(products).where(eq(products.id, pot.productId))
  const { clicks, products: listed } = await getSearchedTerm({ ...reading, query: 'pot' })
  expect([clicks, listed.map(({ title }) => title)]).toEqual([1, [null]])
})

test('counters are deleted after ninety days, and so are the searches on lines of carts and orders', async () => {
  const pot = await createProduct()
  const ages = [0, 89, 90, 200]
  for (const age of ages) await storeSearches(batchOf([[`${age}`, 1]], [[`${age}`, pot]]), daysAgo(age))
  await deleteOldSearches(now)
  expect((await listAll({ days: 365 })).terms.map(({ query }) => query).sort()).toEqual(['0', '89'])
  expect(await db.$count(searchClicks)).toBe(2)

  const ago = (days: number) => new Date(Date.now() - days * 86_400_000)
  await orderAfter('young order', pot.variantId, 1, ago(89))
  await orderAfter('old order', pot.variantId, 1, ago(91))
  for (const [searchQuery, days] of [
    ['young cart', 89],
    ['old cart', 91],
  ] as const) {
    await createGuest({ variantId: pot.variantId, searchQuery })
    await db.update(cartLines).set({ createdAt: ago(days) }).where(eq(cartLines.searchQuery, searchQuery)) // prettier-ignore
  }
  await deleteExpired()
  const remembered = async (table: typeof orderLines | typeof cartLines) =>
    (
      await db
        .select({ query: table.searchQuery })
        .from(table)
        .where(sql`search_query is not null`)
    ).map(({ query }) => query)
  expect(await remembered(orderLines)).toEqual(['young order'])
  expect(await remembered(cartLines)).toEqual(['young cart'])
})

test('the search stays with the line when carts are merged, is exported, and is deleted with the account', async () => {
  const [pot, chair, lamp] = [await createProduct(), await createProduct(), await createProduct()]
  const { id: userId } = await createUser()
  const guest = await createGuest(
    { variantId: pot.variantId, searchQuery: 'pot' },
    { variantId: pot.variantId },
    { variantId: chair.variantId, quantity: 2 },
  )
  // What the customer found before stays, when more of it comes from a cart without a search.
  const before = await createGuest(
    { variantId: chair.variantId, searchQuery: 'chair' },
    { variantId: pot.variantId },
  )
  await transaction((tx) => mergeCarts(tx, { sessionId: before.sessionId, userId }))
  await transaction((tx) => mergeCarts(tx, { sessionId: guest.sessionId, userId }))
  const { orderId } = await createOrder({ variantId: lamp.variantId, searchQuery: 'lamp' })
  await db.update(orders).set({ userId }).where(eq(orders.id, orderId))

  const exported = (await exportAccount(userId))!
  expect(exported.cart.map(({ quantity, searchQuery }) => [quantity, searchQuery])).toEqual([
    [2, 'chair'],
    [2, 'pot'],
  ])
  expect(exported.orders.map(({ lines }) => lines[0]!.searchQuery)).toEqual(['lamp'])
  expect(await closeAccount({ userId, password })).toEqual({ ok: true })
  const [line] = await db.select().from(orderLines).where(eq(orderLines.orderId, orderId))
  expect(line!.searchQuery).toBe(null)
})
