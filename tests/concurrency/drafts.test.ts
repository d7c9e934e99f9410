import { count, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { placeDraft } from '#app/domain/drafts/place-draft.server.ts'
import { db } from '#db/client.ts'
import { draftOrders, orders, stockLedger, variants } from '#db/schema/index.ts'
import { createProduct, now } from '#tests/support/cast.ts'
import { createDraft, filledDraftForm } from '#tests/support/drafts.ts'
import { findInvariantViolations } from '#tests/support/invariants.ts'

const stockOf = async (variantId: number) =>
  (await db.select().from(variants).where(eq(variants.id, variantId)))[0]!.stock

test('staff and customer place a draft at once, each several times: one order, and stock is taken once', async () => {
  const { variantId } = await createProduct({ stock: 3 })
  const { draft, settings, olga } = await createDraft([{ variantId, quantity: 2 }])
  const form = await filledDraftForm(draft.id)
  const [before] = await db.select({ orders: count() }).from(orders)
  const place = (index: number) =>
    placeDraft({
      draft: index % 2 ? { token: draft.token } : { draftId: draft.id },
      form: index % 2 ? form : { ...form, payment: 'cash-on-delivery' },
      settings: { ...settings, acceptsCashOnDelivery: true },
      now,
      staff: index % 2 ? null : { by: olga, paid: null },
    })
  const results = await Promise.all(Array.from({ length: 12 }, (_, index) => place(index)))

  expect(results.filter((result) => result.ok && result.isNew)).toHaveLength(1)
  expect(new Set(results.map((result) => ('token' in result ? result.token : result.reason))).size).toBe(1)
  const [after] = await db.select({ orders: count() }).from(orders)
  expect(after!.orders).toBe(before!.orders + 1)
  expect(await stockOf(variantId)).toBe(1)
  const sales = await db.select().from(stockLedger).where(eq(stockLedger.variantId, variantId))
  expect(sales.filter(({ reason }) => reason === 'sale')).toMatchObject([{ delta: -2 }])
  const [stored] = await db.select().from(draftOrders).where(eq(draftOrders.id, draft.id))
  expect(stored!.state).toBe('placed')
  expect(await findInvariantViolations()).toEqual([])
})

test('two drafts for the last items: one becomes an order, and stock is never below 0', async () => {
  const { variantId } = await createProduct({ stock: 3 })
  const drafts = await Promise.all([1, 2].map(() => createDraft([{ variantId, quantity: 2 }])))
  const forms = await Promise.all(drafts.map(({ draft }) => filledDraftForm(draft.id)))
  const results = await Promise.all(
    drafts.map(({ draft: { token }, settings }, index) =>
      placeDraft({ draft: { token }, form: forms[index]!, settings, now, staff: null }),
    ),
  )
  expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  expect(results.filter((result) => !result.ok && result.reason === 'lines-unavailable')).toHaveLength(1)
  expect(await stockOf(variantId)).toBe(1)
})
