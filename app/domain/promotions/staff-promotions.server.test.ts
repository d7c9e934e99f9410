import { eq, sql } from 'drizzle-orm'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { cancelOrder } from '#app/domain/billing/cancel-order.server.ts'
import { db } from '#db/client.ts'
import {
  auditLog,
  collections,
  products,
  promotionCodes,
  promotionItems,
  promotions,
} from '#db/schema/index.ts'
import { anyUser, createGuest, createProduct, createShop, filledForm, now } from '#tests/support/cast.ts'
import { endPromotions } from '#tests/support/pricing.ts'
import { applyCode } from './apply-code.server.ts'
import {
  createPromotion,
  deletePromotion,
  endPromotion,
  getPromotionForStaff,
  updatePromotion,
} from './edit-promotion.server.ts'
import { generateCodes, listCodes, readAllCodes } from './generate-codes.server.ts'
import { countPromotions, listPromotions } from './list-promotions.server.ts'
import { getPromotionUsage } from './promotion-usage.server.ts'
import { findItems, isSearch } from './find-items.server.ts'
import type { Chosen, PromotionFacts } from './promotion.schema.ts'

beforeAll(createShop)
// Those without a code would apply to the next test's orders.
afterEach(endPromotions)

let made = 0

type Changes = Partial<PromotionFacts['row']> & { items?: Chosen; gets?: Chosen }

/** 10% off everything, since yesterday, with a code of its own. */
function factsWith({ items = null, gets = null, ...changes }: Changes = {}): PromotionFacts {
  made += 1
  return {
    row: {
      ...{
        title: `Promotion ${made}`,
        isAutomatic: false,
        code: `CODE-${made}`,
        percent: 1000,
        amount: null,
      },
      ...{ maxRate: null, buyQuantity: null, getQuantity: null, maxSets: null },
      ...{ isForAll: items === null, getsAll: gets === null, minQuantity: null, minSubtotal: null },
      ...{ isCombinable: true, isFirstOrderOnly: false, usageLimit: null, limitPerCustomer: null },
      ...{ startsAt: new Date(now.getTime() - 86_400_000), endsAt: null },
      ...changes,
    },
    items,
    gets,
  }
}

async function create(changes: Changes = {}): Promise<number> {
  const result = await createPromotion({ kind: 'percent', facts: factsWith(changes), by: anyUser })
  if (!result.ok) throw new Error(result.reason)
  return result.id
}

const read = async (id: number) => (await db.select().from(promotions).where(eq(promotions.id, id)))[0]!

async function createTestCollection() {
  const [row] = await db
    .insert(collections)
    .values({ handle: crypto.randomUUID(), title: 'Garden', kind: 'manual', position: 1 })
    .returning({ id: collections.id })
  return row!.id
}

/** An order with one item, and with the promotion by this code; returns its id. */
async function redeem(promotionId: number, { code = '', price = 1_000 } = {}): Promise<number> {
  const { settings } = await createShop()
  const typed = code || (await read(promotionId)).code!
  const shopper = await createGuest(await createProduct({ price }))
  expect(await applyCode({ shopper, code: typed, now })).toMatchObject({ ok: true })
  const placed = await placeOrder({ shopper, form: await filledForm(shopper, settings), settings, now })
  if (!placed.ok) throw new Error(placed.reason)
  return placed.orderId
}

const cancel = (orderId: number) => cancelOrder({ orderId, version: 1, reason: '', by: anyUser })

const generate = (promotionId: number, version: number, count: number, prefix = '') =>
  generateCodes({ promotionId, version, count, prefix, by: anyUser })

test('creates a promotion with its products and collections, in the audit log', async () => {
  const { productId } = await createProduct()
  const collectionId = await createTestCollection()
  const id = await create({ items: { productIds: [productId], collectionIds: [collectionId] } })
  expect(await getPromotionForStaff(id)).toMatchObject({
    promotion: { kind: 'percent', percent: 1000, isForAll: false, version: 1 },
    items: { productIds: [productId], collectionIds: [collectionId] },
    gets: { productIds: [], collectionIds: [] },
    wasUsed: false,
  })
  const logged = await db.select().from(auditLog).where(eq(auditLog.tableName, 'promotions'))
  expect(logged.some(({ rowKey, action }) => rowKey === String(id) && action === 'insert')).toBe(true)
})

test('saving writes only the items that changed', async () => {
  const [kept, left, added] = await Promise.all([createProduct(), createProduct(), createProduct()])
  const collectionId = await createTestCollection()
  const itemIds = (one: { productId: number }[]) => one.map(({ productId }) => productId)
  const id = await create({
    items: { productIds: itemIds([kept, left]), collectionIds: [] },
    gets: { productIds: itemIds([kept]), collectionIds: [] },
  })
  const before = await db.select().from(promotionItems).where(eq(promotionItems.promotionId, id))
  const facts = factsWith({
    items: { productIds: itemIds([kept, added]), collectionIds: [collectionId] },
    gets: null,
  })
  expect(await updatePromotion({ id, version: 1, facts, by: anyUser })).toEqual({ ok: true, id })
  expect(await getPromotionForStaff(id)).toMatchObject({
    promotion: { version: 2, title: facts.row.title, isForAll: false, getsAll: true },
    items: { productIds: itemIds([kept, added]), collectionIds: [collectionId] },
    gets: { productIds: [], collectionIds: [] },
  })
  const after = await db.select().from(promotionItems).where(eq(promotionItems.promotionId, id))
  const rowOf = (rows: typeof after) => rows.find((row) => row.productId === kept.productId && !row.isGet)
  expect(rowOf(after)).toEqual(rowOf(before))
})

test('products that were deleted meanwhile are left out; when none is left, the list is asked for', async () => {
  const [kept, gone] = await Promise.all([createProduct(), createProduct()])
  await db.delete(products).where(eq(products.id, gone.productId))
  const id = await create({ items: { productIds: [kept.productId, gone.productId], collectionIds: [] } })
  expect((await getPromotionForStaff(id))!.items.productIds).toEqual([kept.productId])
  const nothing: Chosen = { productIds: [gone.productId], collectionIds: [] }
  const save = (changes: Changes) =>
    updatePromotion({ id, version: 1, facts: factsWith(changes), by: anyUser })
  expect(await save({ items: nothing })).toEqual({ ok: false, reason: 'items-deleted' })
  expect(await save({ gets: nothing })).toEqual({ ok: false, reason: 'gets-deleted' })
})

test('a form about an older version saves nothing', async () => {
  const id = await create()
  const save = (version: number) => updatePromotion({ id, version, facts: factsWith(), by: anyUser })
  const answers = await Promise.all([save(1), save(1)])
  expect(answers.map(({ ok }) => ok).toSorted()).toEqual([false, true])
  expect(answers).toContainEqual({ ok: false, reason: 'stale' })
  expect((await read(id)).version).toBe(2)
  expect(await updatePromotion({ id: 999_999, version: 1, facts: factsWith(), by: anyUser })).toEqual({
    ok: false,
    reason: 'not-found',
  })
})

test('a code belongs to one promotion, also as a generated code', async () => {
  await create({ code: 'TWICE' })
  const again = { kind: 'percent' as const, by: anyUser }
  const taken = { ok: false, reason: 'code-taken' }
  expect(await createPromotion({ ...again, facts: factsWith({ code: 'TWICE' }) })).toEqual(taken)
  const other = await create()
  const facts = factsWith({ code: 'TWICE' })
  expect(await updatePromotion({ id: other, version: 1, facts, by: anyUser })).toEqual(taken)
  const id = await create({ code: null })
  await generate(id, 1, 1)
  const [generated] = await db.select().from(promotionCodes).where(eq(promotionCodes.promotionId, id))
  expect(await createPromotion({ ...again, facts: factsWith({ code: generated!.code }) })).toEqual(taken)
})

test('a promotion that was used can be edited, and its orders keep their discount', async () => {
  const id = await create()
  await redeem(id, { price: 2_500 })
  const facts = factsWith({ percent: 5000, usageLimit: 1 })
  expect(await updatePromotion({ id, version: 1, facts, by: anyUser })).toMatchObject({ ok: true })
  expect(await getPromotionUsage(id)).toMatchObject({ uses: 1, discount: 250 })
})

test('ends an active promotion now, once', async () => {
  const id = await create()
  const { startsAt } = await read(id)
  expect(await endPromotion(id, anyUser)).toEqual({ ok: true })
  const ended = await read(id)
  expect(Math.abs(ended.endsAt!.getTime() - Date.now())).toBeLessThan(60_000)
  expect(ended).toMatchObject({ startsAt, version: 2 })
  expect(await endPromotion(id, anyUser)).toEqual({ ok: false, reason: 'ended' })
  expect(await read(id)).toEqual(ended)
  expect(await endPromotion(999_999, anyUser)).toBeNull()
})

test('a scheduled promotion that is ended never starts', async () => {
  const id = await create({ startsAt: new Date(Date.now() + 86_400_000) })
  expect(await endPromotion(id, anyUser)).toEqual({ ok: true })
  const { startsAt, endsAt } = await read(id)
  expect(endsAt!.getTime() - startsAt.getTime()).toBe(60_000)
  expect(endsAt!.getTime()).toBeLessThanOrEqual(Date.now() + 1000)
})

test('deletes a promotion with its items and codes, but not one that an order used', async () => {
  const { productId } = await createProduct()
  const unused = await create({ code: null, items: { productIds: [productId], collectionIds: [] } })
  await generate(unused, 1, 3)
  expect(await deletePromotion(unused, anyUser)).toMatchObject({ ok: true })
  expect(await db.$count(promotionCodes, eq(promotionCodes.promotionId, unused))).toBe(0)
  expect(await deletePromotion(unused, anyUser)).toBeNull()
  const used = await create()
  const orderId = await redeem(used)
  await cancel(orderId)
  expect(await deletePromotion(used, anyUser)).toEqual({ ok: false, reason: 'used' })
  expect((await getPromotionForStaff(used))!.wasUsed).toBe(true)
})

test('generates distinct codes that nobody confuses, behind a prefix', async () => {
  const id = await create({ code: null })
  expect(await generate(id, 1, 2_000, 'SPRING-')).toEqual({ ok: true })
  const rows = await db.select().from(promotionCodes).where(eq(promotionCodes.promotionId, id))
  expect(new Set(rows.map(({ code }) => code)).size).toBe(2_000)
  expect(rows.filter(({ code }) => !/^SPRING-[2-9A-HJ-NP-Z]{12}$/.test(code))).toEqual([])
  expect(await read(id)).toMatchObject({ generatedCodes: 2_000, version: 2 })
  const [logged] = await db
    .select({ changes: auditLog.changes })
    .from(auditLog)
    .where(sql`table_name = 'promotions' and row_key = ${String(id)} and action = 'update'`)
  expect(logged!.changes).toEqual({ generated_codes: [0, 2_000] })
})

test('a form that is sent twice at the same time generates once', async () => {
  const id = await create({ code: null })
  const answers = await Promise.all([generate(id, 1, 50), generate(id, 1, 50)])
  expect(answers).toContainEqual({ ok: true })
  expect(answers).toContainEqual({ ok: false, reason: 'stale' })
  expect(await db.$count(promotionCodes, eq(promotionCodes.promotionId, id))).toBe(50)
  expect((await read(id)).generatedCodes).toBe(50)
})

test('two promotions generate at the same time', async () => {
  const ids = [await create({ code: null }), await create({ code: null })]
  expect(await Promise.all(ids.map((id) => generate(id, 1, 1_000)))).toEqual([{ ok: true }, { ok: true }])
})

test('a promotion has at most 100,000 codes, and only one with generated codes has any', async () => {
  const full = await create({ code: null })
  await db.update(promotions).set({ generatedCodes: 99_999 }).where(eq(promotions.id, full))
  expect(await generate(full, 1, 2)).toEqual({ ok: false, reason: 'too-many' })
  expect(await generate(full, 1, 1)).toEqual({ ok: true })
  expect(await generate(await create(), 1, 1)).toEqual({ ok: false, reason: 'not-generated' })
  expect(await generate(await create({ code: null, isAutomatic: true }), 1, 1)).toEqual({
    ok: false,
    reason: 'not-generated',
  })
  expect(await generate(999_999, 1, 1)).toBeNull()
})

test('once codes are generated, the promotion keeps them', async () => {
  const id = await create({ code: null })
  await generate(id, 1, 1)
  const save = (changes: Changes) =>
    updatePromotion({ id, version: 2, facts: factsWith(changes), by: anyUser })
  expect(await save({ code: 'ONE' })).toEqual({ ok: false, reason: 'has-codes' })
  expect(await save({ code: null, isAutomatic: true })).toEqual({ ok: false, reason: 'has-codes' })
  expect(await save({ code: null })).toMatchObject({ ok: true })
})

test('a generated code is used while an order that was not canceled has it', async () => {
  const id = await create({ code: null })
  await generate(id, 1, 3)
  const [first, second] = await db.select().from(promotionCodes).where(eq(promotionCodes.promotionId, id))
  const orderId = await redeem(id, { code: first!.code })
  await cancel(await redeem(id, { code: second!.code }))
  const used = await listCodes({ promotionId: id, filter: 'used', page: 1 })
  expect(used.counts).toEqual({ all: 3, used: 1, unused: 2 })
  expect(used.codes).toMatchObject([{ code: first!.code, orderId }])
  const unused = await listCodes({ promotionId: id, filter: 'unused', page: 1 })
  expect(unused.codes.map(({ orderId: none }) => none)).toEqual([null, null])
  expect(unused.codes.map(({ code }) => code)).toContain(second!.code)
  expect(await getPromotionUsage(id)).toMatchObject({ uses: 1, discount: 100 })
  expect((await getPromotionUsage(id)).orders).toHaveLength(2)
})

test('the file has every code once, whatever the size of its steps', async () => {
  const id = await create({ code: null })
  await generate(id, 1, 10_000)
  const sizes: number[] = []
  const codes = new Set<string>()
  for await (const rows of readAllCodes(id)) {
    sizes.push(rows.length)
    for (const { code } of rows) codes.add(code)
  }
  expect(sizes).toEqual([5_000, 5_000, 0])
  expect(codes.size).toBe(10_000)
})

test('the list finds promotions by status, kind, title, code and whole generated code', async () => {
  const tomorrow = new Date(Date.now() + 86_400_000)
  const [active, scheduled, ended] = [
    await create({ title: 'Zeppelin fair', usageLimit: 9 }),
    await create({ title: 'Zeppelin rally', startsAt: tomorrow, code: 'ZEP_100' }),
    await create({ title: 'Zeppelin sale', code: null }),
  ]
  await endPromotion(ended, anyUser)
  await generate(ended, 2, 1)
  await redeem(active)
  const ids = async (asked: Partial<Parameters<typeof listPromotions>[0]>) =>
    (
      await listPromotions({ filter: 'all', kind: 'any', query: 'zeppelin', page: 1, ...asked })
    ).promotions.map(({ id }) => id)
  expect(new Set(await ids({}))).toEqual(new Set([active, scheduled, ended]))
  expect((await ids({}))[0]).toBe(scheduled)
  expect(await ids({ filter: 'active' })).toEqual([active])
  expect(await ids({ filter: 'scheduled' })).toEqual([scheduled])
  expect(await ids({ filter: 'ended' })).toEqual([ended])
  expect(await ids({ kind: 'fixed' })).toEqual([])
  expect(await ids({ query: 'zep_1' })).toEqual([scheduled])
  const [code] = await db.select().from(promotionCodes).where(eq(promotionCodes.promotionId, ended))
  expect(await ids({ query: code!.code.toLowerCase() })).toEqual([ended])
  const { promotions: rows } = await listPromotions({
    ...{ filter: 'active', kind: 'any', query: 'zeppelin', page: 1 },
  })
  expect(rows).toMatchObject([{ uses: 1, usageLimit: 9, status: 'active' }])
  const counts = await countPromotions()
  expect(counts.all).toBe(counts.active + counts.scheduled + counts.ended)
})

test('the form’s search finds products by part of the title and keeps those that are chosen', async () => {
  const lamp = await createProduct({ title: 'Zinc lamp' })
  const pot = await createProduct({ title: 'Pot' })
  const { chosen, found, getFound } = await findItems({ q: 'ZINC', productIds: String(pot.productId) })
  expect(chosen.map(({ id }) => id)).toEqual([pot.productId])
  expect(found).toMatchObject({ total: 1, products: [{ id: lamp.productId }] })
  expect(getFound).toBeNull()
})

test('Enter searches after a search was typed, and saves otherwise', () => {
  expect(isSearch({ find: 'on' })).toBe(true)
  expect(isSearch({ enter: 'on', q: 'lamp' })).toBe(true)
  expect(isSearch({ enter: 'on', getQ: 'pot', q: 'lamp', searched: 'lamp' })).toBe(true)
  expect(isSearch({ enter: 'on', q: 'lamp', searched: 'lamp' })).toBe(false)
  expect(isSearch({ enter: 'on', title: 'Spring' })).toBe(false)
  expect(isSearch({ q: 'lamp' })).toBe(false)
})
