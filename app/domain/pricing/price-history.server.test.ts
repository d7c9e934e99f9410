import fc from 'fast-check'
import { asc, eq, inArray, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { deleteProduct } from '#app/domain/products/delete-product.server.ts'
import { deleteExpired } from '#app/domain/maintenance/cleanup.server.ts'
import { db, transaction, type Tx } from '#db/client.ts'
import { priceHistory, products, variants } from '#db/schema/index.ts'
import { refreshPriceRange } from '#app/domain/products/price-range.server.ts'
import { anyUser, changePrice, createProduct } from '#tests/support/cast.ts'
import { priorPriceByHours } from '#tests/support/prior-price-oracle.ts'
import { listPriorPrices } from './price-history.server.ts'
import type { RecordedPrice } from './prior-price.ts'

/** Recorded prices of a variant, oldest first; a reduced one has a "!". */
async function recorded(variantId: number): Promise<string[]> {
  const rows = await db
    .select()
    .from(priceHistory)
    .where(eq(priceHistory.variantId, variantId))
    .orderBy(asc(priceHistory.id))
  return rows.map(({ price, isReduced }) => (price === null ? 'off' : `${price}${isReduced ? '!' : ''}`))
}

async function setVariant(variantId: number, values: Partial<typeof variants.$inferInsert>): Promise<void> {
  await transaction((tx) => updateVariant(tx, variantId, values))
}

async function updateVariant(tx: Tx, id: number, values: Partial<typeof variants.$inferInsert>) {
  const [variant] = await tx
    .update(variants)
    .set(values)
    .where(eq(variants.id, id))
    .returning({ productId: variants.productId })
  await refreshPriceRange(tx, [variant!.productId])
}

const setProduct = (id: number, values: Partial<typeof products.$inferInsert>) =>
  db.update(products).set(values).where(eq(products.id, id))

/** A product on sale since its publish date, years ago. */
async function createOldProduct(price: number) {
  const made = await createProduct({ price: null })
  await setProduct(made.productId, { publishedAt: new Date('2020-01-01') })
  await setVariant(made.variantId, { price })
  return made
}

/** Moves all that is recorded of these variants into the past. */
const age = (variantIds: number[], days: number) =>
  db
    .update(priceHistory)
    .set({ startsAt: sql`${priceHistory.startsAt} - make_interval(hours => ${days * 24})` })
    .where(inArray(priceHistory.variantId, variantIds))

describe('the price history', () => {
  test('has a row for each change of price and of what is announced', async () => {
    const { variantId } = await createProduct({ price: 1000 })
    await changePrice(variantId, 900)
    await setVariant(variantId, { compareAtPrice: 1000 })
    await setVariant(variantId, { compareAtPrice: 1100, sku: 'other' })
    await changePrice(variantId, 1200)
    await changePrice(variantId, null)
    await changePrice(variantId, 900)
    expect(await recorded(variantId)).toEqual(['1000', '900', '900!', '1200', 'off', '900!'])
  })

  test('has no row for other changes', async () => {
    const { productId, variantId } = await createProduct({ price: 1000 })
    await setVariant(variantId, { sku: 'A', trackStock: false, price: 1000 })
    await setProduct(productId, { title: 'Vase', version: 7 })
    expect(await recorded(variantId)).toEqual(['1000'])
  })

  test('begins when the product is published, and ends when it is not visible any more', async () => {
    const { productId, variantId } = await createProduct({ price: 1000 })
    await setProduct(productId, { status: 'draft' })
    await changePrice(variantId, 800)
    await setProduct(productId, { status: 'active' })
    await setProduct(productId, { status: 'archived' })
    await setProduct(productId, { status: 'active', publishedAt: null })
    await setProduct(productId, { publishedAt: sql`now()` as unknown as Date })
    expect(await recorded(variantId)).toEqual(['1000', 'off', '800', 'off', '800'])
  })

  test('of changes in one transaction only the last counts', async () => {
    const { variantId } = await createOldProduct(1000)
    await age([variantId], 10)
    await transaction(async (tx) => {
      await updateVariant(tx, variantId, { price: 700 })
      await updateVariant(tx, variantId, { compareAtPrice: 1000 })
    })
    expect(await recorded(variantId)).toEqual(['1000', '700', '700!'])
    expect(await listPriorPrices([variantId])).toEqual(new Map([[variantId, 1000]]))
  })

  test('records a price that changes while its product is published', async () => {
    const { productId, variantId } = await createProduct({ price: 1000 })
    await setProduct(productId, { status: 'draft' })
    let change: Promise<unknown> = Promise.resolve()
    await transaction(async (tx) => {
      await tx.update(products).set({ status: 'active' }).where(eq(products.id, productId))
      change = setVariant(variantId, { price: 900 })
      await waitForLock()
    })
    await change
    expect(await recorded(variantId)).toEqual(['1000', 'off', '1000', '900'])
  })

  test('covers many products in one statement, and goes with its variant', async () => {
    const made = await db.execute<{ id: number }>(sql`
      with made as (
        insert into products (handle, title, status, published_at, price_min, price_max)
        select 'bulk-' || n, 'Bulk', 'active', now(), n, n from generate_series(1, 500) n returning id, price_min
      ) insert into variants (product_id, position, price) select id, 1, price_min from made returning id::int`)
    const ids = made.map(({ id }) => id)
    const count = () => db.$count(priceHistory, inArray(priceHistory.variantId, ids))
    expect(await count()).toBe(500)
    await db.execute(sql`update variants set price = price + 1 where id in ${ids}`)
    await db.execute(
      sql`update products set price_min = price_min + 1, price_max = price_max + 1 where title = 'Bulk'`,
    )
    expect(await count()).toBe(1000)
    await db.execute(sql`delete from products where title = 'Bulk'`)
    expect(await count()).toBe(0)
  })

  test('is deleted with the product', async () => {
    const { productId, variantId } = await createProduct()
    expect(await deleteProduct(productId, anyUser)).toMatchObject({ ok: true })
    expect(await recorded(variantId)).toEqual([])
  })
})

async function waitForLock() {
  for (;;) {
    const [waiting] = await db.execute(sql`
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)
    if (waiting) return
  }
}

const hour = 3_600_000

/** A change of a variant's price and of its product's state, this many hours ago. */
const change = fc.record({
  hoursAgo: fc.oneof(
    fc.integer({ min: 0, max: 60 }),
    fc.integer({ min: 700, max: 740 }),
    fc.integer({ min: 0, max: 1_600 }),
  ),
  price: fc.option(fc.constantFrom(70, 80, 90, 100), { freq: 8 }),
  compareAtPrice: fc.constantFrom(null, 80, 150, 150, 150),
  status: fc.constantFrom('active', 'active', 'active', 'active', 'active', 'draft', 'archived'),
  publishedHoursAgo: fc.oneof(
    { weight: 5, arbitrary: fc.constant(2_000) },
    fc.constant(null),
    fc.integer({ min: 0, max: 1_600 }),
    fc.constant(-3),
  ),
} as const)

type Change = typeof change extends fc.Arbitrary<infer Value> ? Value : never

/** Makes the changes as commands would, each in its time, and returns what was shown by the hour. */
async function makeHistory(changes: Change[], nowHour: number) {
  const { productId, variantId } = await createProduct({ price: null, stock: 0 })
  const history: RecordedPrice[] = []
  for (const { hoursAgo, publishedHoursAgo, price, compareAtPrice, status } of changes) {
    const startsAt = nowHour - hoursAgo * hour
    const publishedAt = publishedHoursAgo === null ? null : nowHour - publishedHoursAgo * hour
    await setVariant(variantId, { price, compareAtPrice })
    await setProduct(productId, {
      status,
      publishedAt: publishedAt === null ? null : new Date(publishedAt),
    })
    await db
      .update(priceHistory)
      .set({ startsAt: new Date(startsAt) })
      .where(
        sql`${priceHistory.variantId} = ${variantId} and ${priceHistory.startsAt} > now() - interval '1 minute'`,
      )
    const isOnSale = price !== null && status === 'active' && publishedAt !== null
    const isReduced = isOnSale && compareAtPrice !== null && compareAtPrice > price
    history.push({
      startsAt,
      price: isOnSale ? price : null,
      isReduced,
      publishedAt: isOnSale ? publishedAt : null,
    })
  }
  return { variantId, history }
}

test('prior prices equal a walk through the hours for random histories, before and after the cleanup', async () => {
  const seed = Date.now()
  const nowHour = Math.floor(seed / hour) * hour
  const samples = fc.sample(fc.array(change, { minLength: 3, maxLength: 8 }), { numRuns: 120, seed })
  const made = []
  for (const changes of samples)
    made.push(
      await makeHistory(
        changes.sort((a, b) => b.hoursAgo - a.hoursAgo),
        nowHour,
      ),
    )
  const ids = made.map(({ variantId }) => variantId)
  const expected = new Map(
    made.flatMap(({ variantId, history }) => {
      const prior = priorPriceByHours(history, nowHour)
      return prior === null ? [] : [[variantId, prior] as const]
    }),
  )
  expect(expected.size, `seed ${seed}`).toBeGreaterThan(5)
  expect(await listPriorPrices(ids), `seed ${seed}`).toEqual(expected)
  const before = await db.$count(priceHistory)
  await deleteExpired()
  expect(await db.$count(priceHistory)).toBeLessThan(before)
  expect(await listPriorPrices(ids), `seed ${seed}`).toEqual(expected)
})

test('the cleanup keeps a long reduction and what was before it', async () => {
  const { variantId } = await createOldProduct(1000)
  const history: [days: number, price: number][] = [
    [40, 900],
    [20, 1000],
    [20, 800],
    [400, 700],
  ]
  for (const [days, price] of history) {
    await age([variantId], days)
    await setVariant(variantId, { price, compareAtPrice: price < 900 ? 1000 : null })
  }
  await deleteExpired()
  expect(await recorded(variantId)).toEqual(['900', '1000', '800!', '700!'])
  expect(await listPriorPrices([variantId])).toEqual(new Map([[variantId, 900]]))
  await setVariant(variantId, { compareAtPrice: null })
  await age([variantId], 31)
  await deleteExpired()
  expect(await recorded(variantId)).toEqual(['700'])
})
