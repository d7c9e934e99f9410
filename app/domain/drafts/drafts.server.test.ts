import { eq } from 'drizzle-orm'
import { afterEach, describe, expect, test } from 'vitest'
import { getCart } from '#app/domain/cart/get-cart.server.ts'
import { getOrder } from '#app/domain/orders/orders.server.ts'
import { db } from '#db/client.ts'
import { addresses, auditLog, emails, paymentAttempts, variants } from '#db/schema/index.ts'
import {
  changePrice,
  createGuest,
  createOrder,
  createProduct,
  createUser,
  filledForm,
  now,
  setStock,
} from '#tests/support/cast.ts'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { createDraft, draftForm, filledDraftForm } from '#tests/support/drafts.ts'
import { createPromotion, resetPricing } from '#tests/support/pricing.ts'
import { deleteDraft } from './delete-draft.server.ts'
import { draftSchema } from './draft.schema.ts'
import { getDraft, listDrafts, ownerOf } from './drafts.server.ts'
import { findCustomers, getCustomerDetails } from './find-customer.server.ts'
import { placeDraft } from './place-draft.server.ts'
import { saveDraft } from './save-draft.server.ts'
import { sendDraft } from './send-draft.server.ts'

afterEach(resetPricing)

const stockOf = async (variantId: number) =>
  (await db.select().from(variants).where(eq(variants.id, variantId)))[0]!.stock

/** The customer places the draft as their page shows it. */
async function placeAsCustomer(
  { id, token }: { id: number; token: string },
  changes: Parameters<typeof filledDraftForm>[1] = {},
) {
  const { settings } = await createDraftShop()
  const form = await filledDraftForm(id, changes)
  return placeDraft({ draft: { token }, form, settings, now, acceptsCards: true, staff: null })
}

async function createDraftShop() {
  const { settings, olga } = await createDraft([await createProduct()])
  return { settings, olga }
}

describe('a draft order', () => {
  test('stores its items and the total without taking stock, and is changed by its version', async () => {
    const { variantId } = await createProduct({ price: 1_000, stock: 3 })
    const { draft, settings, olga } = await createDraft([{ variantId, quantity: 5 }])
    // More than there is: the customer cannot place it, but staff can prepare it.
    expect(draft).toMatchObject({ state: 'open', items: '5 × Clay pot', total: 5_490, by: 'Olga Hill' })
    expect(await stockOf(variantId)).toBe(3)
    const form = draftForm([{ variantId, quantity: 2 }])
    const save = () => saveDraft({ draftId: draft.id, form, settings, now, by: olga })
    expect(await save()).toMatchObject({ ok: true })
    expect(await save()).toEqual({ ok: false, reason: 'stale' })
    expect(await getDraft(draft.id)).toMatchObject({ items: '2 × Clay pot', total: 2_490, version: 2 })
    const changed = await db
      .select({ changes: auditLog.changes })
      .from(auditLog)
      .where(eq(auditLog.label, `#D${draft.id}`))
    expect(changed.at(-1)!.changes).toMatchObject({ items: ['5 × Clay pot', '2 × Clay pot'] })
  })

  test('needs items and codes that exist; email and address may be added by the customer', async () => {
    const { variantId } = await createProduct()
    const { settings, olga } = await createDraftShop()
    const save = (form: ReturnType<typeof draftForm>) =>
      saveDraft({ draftId: null, form, settings, now, by: olga })
    expect(await save(draftForm([{ variantId, quantity: 0 }]))).toMatchObject({ reason: 'no-items' })
    expect(await save(draftForm([{ variantId }], { codes: 'nosuch' }))).toMatchObject({
      reason: 'unknown-code',
    })
    const nobody = { email: '', name: '', line1: '', city: '', postcode: '' }
    expect(await save(draftForm([{ variantId }], nobody))).toMatchObject({ ok: true })
    const begun = draftSchema.safeParse({
      ...{ version: '1', country: 'IE', email: 'ada', line1: '12 Square' },
    })
    expect(begun.error!.issues.map(({ path }) => path[0])).toEqual(['email', 'name', 'city'])
  })

  test('belongs to the verified account of its email', async () => {
    const { id, email } = await createUser()
    const stranger = await createUser({ emailVerifiedAt: null })
    const { draft } = await createDraft([await createProduct()], { email })
    expect(draft.userId).toBe(id)
    const other = await createDraft([await createProduct()], { email: stranger.email })
    expect(other.draft.userId).toBeNull()
  })

  test('is found by number, email, name and item until it is deleted', async () => {
    const { draft, olga } = await createDraft([await createProduct({ title: 'Walnut bench' })], {
      email: 'walnut@example.com',
    })
    const find = async (query: string) =>
      (await listDrafts({ filter: 'open', query, page: 1 })).drafts.map(({ id }) => id)
    for (const query of [`#D${draft.id}`, 'walnut@', 'walnut bench'])
      expect(await find(query), query).toEqual([draft.id])
    expect(await deleteDraft(draft.id, olga)).toEqual({ ok: true })
    expect(await find('walnut bench')).toEqual([])
    expect(await deleteDraft(draft.id, olga)).toEqual({ ok: false, reason: 'not-found' })
  })
})

describe('the customer of a draft order', () => {
  test('places it: stock is taken, staff texts are kept, and the timeline says who created it', async () => {
    const { variantId } = await createProduct({ price: 1_000, stock: 5 })
    const { draft } = await createDraft([{ variantId, quantity: 2 }], {
      message: 'With a ribbon, as you asked.',
      internalNote: 'Regular customer',
    })
    const placed = await placeAsCustomer(draft, { line1: '14 Square' })
    if (!placed.ok) throw new Error(placed.reason)
    expect(await stockOf(variantId)).toBe(3)
    const { order, events } = (await getOrder(placed.orderId))!
    expect(order).toMatchObject({ total: 2_490, shipLine1: '14 Square', sessionId: null, userId: null })
    expect(events.toReversed().map(({ kind, detail, by }) => [kind, detail, by])).toEqual([
      ['placed', `created by Olga Hill from draft #D${draft.id}`, null],
      ['message', 'With a ribbon, as you asked.', 'Olga Hill'],
      ['note', 'Regular customer', 'Olga Hill'],
    ])
    expect(await getDraft(draft.id)).toMatchObject({ state: 'placed', orderId: placed.orderId })
  })

  test('gets the same order when they send the form again, and is told when they send another one', async () => {
    const { draft, settings } = await createDraft([await createProduct()])
    const form = await filledDraftForm(draft.id)
    const place = (changes = {}) =>
      placeDraft({
        draft: { token: draft.token },
        form: { ...form, ...changes },
        settings,
        now,
        staff: null,
      })
    const first = await place()
    if (!first.ok) throw new Error(first.reason)
    expect(await place()).toEqual({ ...first, isNew: false })
    const { token } = first
    expect(await place({ city: 'Cork' })).toEqual({ ok: false, reason: 'already-placed', token })
    expect(await place({ checkoutKey: crypto.randomUUID() })).toEqual({
      ok: false,
      reason: 'already-placed',
      token,
    })
  })

  test('places nothing once it changed, sold out, costs something else, or was deleted', async () => {
    const { variantId } = await createProduct({ price: 1_000, stock: 5 })
    const { draft, settings, olga } = await createDraft([{ variantId, quantity: 2 }])
    const place = (form: Awaited<ReturnType<typeof filledDraftForm>>) =>
      placeDraft({ draft: { token: draft.token }, form, settings, now, staff: null })
    const before = await filledDraftForm(draft.id)
    await changePrice(variantId, 1_100)
    expect(await place(before)).toEqual({ ok: false, reason: 'total-changed' })
    expect((await getCart(ownerOf(draft)))!.lines[0]!.notices).toEqual([
      { kind: 'price-rose', from: 1_000, to: 1_100 },
    ])
    const form = draftForm([{ variantId, quantity: 2 }], { message: 'Sorry' })
    await saveDraft({ draftId: draft.id, form, settings, now, by: olga })
    expect(await place({ ...before, shownTotal: 2_690 })).toEqual({ ok: false, reason: 'stale-form' })
    await setStock(variantId, 1, olga)
    const current = await filledDraftForm(draft.id)
    expect(await place(current)).toEqual({ ok: false, reason: 'lines-unavailable' })
    expect(await deleteDraft(draft.id, olga)).toEqual({ ok: true })
    expect(await place(current)).toEqual({ ok: false, reason: 'deleted' })
    expect(await stockOf(variantId)).toBe(1)
  })

  test('cannot turn another order into that of the draft', async () => {
    const { draft, settings } = await createDraft([await createProduct()])
    const shopper = await createGuest(await createProduct())
    const other = await filledForm(shopper, settings)
    expect(await placeOrder({ shopper, form: other, settings, now })).toMatchObject({ ok: true })
    const placed = await placeDraft({
      draft: { token: draft.token },
      form: other,
      settings,
      now,
      staff: null,
    })
    expect(placed).toEqual({ ok: false, reason: 'stale-form' })
    expect(await getDraft(draft.id)).toMatchObject({ state: 'open', orderId: null })
  })

  test('with an account finds the order there; an address typed by others is not saved in it', async () => {
    const { id, email } = await createUser()
    const { draft } = await createDraft([await createProduct()], { email })
    const placed = await placeAsCustomer(draft, { keepAddress: true })
    if (!placed.ok) throw new Error(placed.reason)
    expect((await getOrder(placed.orderId))!.order.userId).toBe(id)
    expect(await db.select().from(addresses).where(eq(addresses.userId, id))).toEqual([])
  })

  test('pays by card on a page that is opened at once', async () => {
    const { draft } = await createDraft([await createProduct()])
    const placed = await placeAsCustomer(draft, { payment: 'stripe' })
    if (!placed.ok) throw new Error(placed.reason)
    const attempts = await db
      .select()
      .from(paymentAttempts)
      .where(eq(paymentAttempts.orderId, placed.orderId))
    expect(attempts).toMatchObject([{ status: 'creating' }])
  })

  test('gets promotions within their limits, which drafts do not use up', async () => {
    await createPromotion({ code: 'ONCE', percent: 1_000, usageLimit: 1 })
    const first = await createDraft([await createProduct({ price: 1_000 })], { codes: 'once' })
    const second = await createDraft([await createProduct({ price: 1_000 })], { codes: 'ONCE' })
    expect([first.draft.total, second.draft.total]).toEqual([1_390, 1_390])
    const late = await filledDraftForm(second.draft.id)
    expect(await placeAsCustomer(first.draft)).toMatchObject({ ok: true })
    const { settings } = second
    const placed = await placeDraft({
      draft: { token: second.draft.token },
      form: late,
      settings,
      now,
      staff: null,
    })
    expect(placed).toEqual({ ok: false, reason: 'total-changed' })
  })
})

describe('staff', () => {
  test('place a draft as paid: payment and invoice are of the same moment, whatever checkout offers', async () => {
    const { draft, settings, olga } = await createDraft([await createProduct({ price: 1_000 })])
    const placed = await placeDraft({
      ...{ draft: { draftId: draft.id }, form: await filledDraftForm(draft.id), now },
      settings: { ...settings, acceptsBankTransfer: false },
      staff: { by: olga, paid: { reference: 'Cash in the store' } },
    })
    if (!placed.ok) throw new Error(placed.reason)
    const { order, events, payments } = (await getOrder(placed.orderId))!
    expect(order).toMatchObject({ paymentState: 'paid', receivedTotal: 1_490, payBy: null })
    expect(payments).toMatchObject([{ amount: 1_490, reference: 'Cash in the store', byUserId: olga }])
    expect(events.map(({ kind }) => kind)).toContain('invoice-issued')
    const sent = await db.select().from(emails).where(eq(emails.orderId, placed.orderId))
    expect(sent.map(({ kind }) => kind)).toEqual(['order-confirmed'])
  })

  test('place a draft for payment by link: no payment page is open, and it waits like a bank transfer', async () => {
    const { draft, settings, olga } = await createDraft([await createProduct()])
    const placed = await placeDraft({
      draft: { draftId: draft.id },
      form: await filledDraftForm(draft.id, { payment: 'stripe' }),
      settings: { ...settings, bankTransferDays: 7 },
      ...{ now, acceptsCards: true, staff: { by: olga, paid: null } },
    })
    if (!placed.ok) throw new Error(placed.reason)
    const { order } = (await getOrder(placed.orderId))!
    expect(order).toMatchObject({ paymentMethod: 'stripe', paymentState: 'pending' })
    const days = (order.payBy!.getTime() - order.placedAt.getTime()) / (24 * 60 * 60_000)
    expect(days).toBeCloseTo(7, 0)
    expect(
      await db.select().from(paymentAttempts).where(eq(paymentAttempts.orderId, placed.orderId)),
    ).toEqual([])
  })

  test('send a draft once for each version, and again when asked', async () => {
    const { draft, olga } = await createDraft([await createProduct()])
    const send = (version: number) => sendDraft({ draftId: draft.id, version, by: olga })
    const results = await Promise.all([send(1), send(1)])
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await send(2)).toEqual({ ok: true, to: 'ada@example.com' })
    const sent = await db.select().from(emails).where(eq(emails.draftId, draft.id))
    expect(sent.map(({ kind, toEmail }) => [kind, toEmail])).toEqual([
      ['draft-order', 'ada@example.com'],
      ['draft-order', 'ada@example.com'],
    ])
    expect(await getDraft(draft.id)).toMatchObject({ state: 'sent', sentAt: expect.any(Date) })
    // A page that was open before still shows what the draft contains.
    const nobody = await createDraft([await createProduct()], { email: '' })
    expect(await sendDraft({ draftId: nobody.draft.id, version: 1, by: olga })).toEqual({
      ok: false,
      reason: 'no-email',
    })
  })

  test('find the details of a customer by part of an email; accounts only with permission', async () => {
    const { olga: _ } = await createOrder(await createProduct(), {
      email: 'grace@navy.example',
      name: 'Grace Hopper',
      line1: '1 Dock',
    })
    const account = await createUser({ email: 'graham@navy.example', name: 'Graham Hill' })
    expect(await findCustomers('@navy', false)).toEqual([
      { email: 'grace@navy.example', name: 'Grace Hopper' },
    ])
    expect((await findCustomers('@navy', true)).map(({ email }) => email)).toEqual([
      account.email,
      'grace@navy.example',
    ])
    expect(await getCustomerDetails('grace@navy.example', false)).toMatchObject({ line1: '1 Dock' })
    expect(await getCustomerDetails(account.email, true)).toBeNull()
  })
})
