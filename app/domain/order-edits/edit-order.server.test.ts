import { and, eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listRefunds } from '#app/domain/billing/refunds.server.ts'
import { recordRefundResult } from '#app/domain/billing/send-refund.server.ts'
import { markPaid } from '#app/domain/billing/mark-paid.server.ts'
import { addCode } from '#app/domain/cart/codes.server.ts'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { getCheckout } from '#app/domain/checkout/checkout.server.ts'
import { sendQueuedEmail } from '#app/domain/emails/send-email.server.ts'
import { createFulfillment } from '#app/domain/orders/create-fulfillment.server.ts'
import { amountDue } from '#app/domain/orders/order-states.ts'
import { readSettings } from '#app/domain/settings/settings.server.ts'
import { db } from '#db/client.ts'
import {
  emails,
  orderLines,
  orders,
  promotionRedemptions,
  promotions,
  settings as settingsTable,
  variants,
} from '#db/schema/index.ts'
import {
  changePrice,
  createGuest,
  createOrder,
  createProduct,
  createShop,
  filledForm,
  now,
} from '#tests/support/cast.ts'
import { findInvariantViolations } from '#tests/support/invariants.ts'
import { payByCard, refund } from '#tests/support/payments.ts'
import { createPromotion, createTaxRate, resetPricing } from '#tests/support/pricing.ts'
import { editOrder } from './edit-order.server.ts'
import { type Edit, previewEdit } from './quote-edit.server.ts'

let olga: number
beforeEach(async () => {
  olga = (await createShop()).olga
})
afterEach(async () => {
  expect(await findInvariantViolations()).toEqual([])
  await resetPricing()
})

const orderOf = async (orderId: number) => (await db.select().from(orders).where(eq(orders.id, orderId)))[0]!
const linesOf = (orderId: number) => db.select().from(orderLines).where(eq(orderLines.orderId, orderId))
const stockOf = async (variantId: number) =>
  (await db.select({ stock: variants.stock }).from(variants).where(eq(variants.id, variantId)))[0]!.stock

/** The edit of a form that shows the total which the preview calculated. */
async function edit(orderId: number, changes: Partial<Edit>) {
  const order = await orderOf(orderId)
  const asked = { lines: [], added: [], shipping: order.shippingTotal, ...changes }
  const preview = await previewEdit(orderId, asked)
  const shownTotal = preview?.ok ? preview.totals.total : 0
  return editOrder({ ...asked, orderId, version: order.version, reason: '', shownTotal, by: olga })
}

async function setQuantity(orderId: number, quantity: number) {
  const [line] = await linesOf(orderId)
  return edit(orderId, { lines: [{ orderLineId: line!.id, quantity }] })
}

/** A German order: 19% contained, a code that takes 20% off from 5000 on, four items of 1400. */
async function createSpringOrder() {
  await createTaxRate('DE', 19)
  const code = `SPRING${Math.random().toString(36).slice(2, 8).toUpperCase()}`
  const promotion = await createPromotion({ code, percent: 2_000, minSubtotal: 5_000 })
  const product = await createProduct({ price: 1_400, stock: 10 })
  const shopper = await createGuest({ ...product, quantity: 4 })
  await addCode({ shopper, code })
  const settings = (await readSettings())!
  const germany = { country: 'DE', city: 'Berlin', postcode: '10117', region: '', phone: '' }
  const checkout = await getCheckout({
    ...{ shopper, settings, now },
    form: { ...germany, email: 'ada@example.com', vatNumber: '' },
  })
  const form = await filledForm(shopper, settings, { ...germany, shownTotal: checkout!.totals.total })
  const placed = await placeOrder({ shopper, form, settings, now })
  if (!placed.ok) throw new Error(placed.reason)
  return { orderId: placed.orderId, ...product, promotionId: promotion.id }
}

describe('an edited order', () => {
  test('loses a promotion whose minimum it no longer reaches, though the promotion has ended', async () => {
    const { orderId, variantId, promotionId } = await createSpringOrder()
    expect(await orderOf(orderId)).toMatchObject({ total: 4_970, discountTotal: 1_120, taxTotal: 794 })
    await db.update(promotions).set({ endsAt: new Date() }).where(eq(promotions.id, promotionId))
    expect(await setQuantity(orderId, 3)).toEqual({ ok: true, total: 4_690 })
    expect(await orderOf(orderId)).toMatchObject({ discountTotal: 0, taxTotal: 749, subtotal: 4_200 })
    expect(await stockOf(variantId)).toBe(7)
    const used = await db
      .select()
      .from(promotionRedemptions)
      .where(and(eq(promotionRedemptions.orderId, orderId)))
    expect(used).toEqual([])
  })

  test('keeps its prices, its promotions and its tax rate when those of the shop change', async () => {
    const { orderId, variantId, promotionId } = await createSpringOrder()
    await changePrice(variantId, 9_999)
    await db.update(promotions).set({ percent: 5_000, usageLimit: 1 }).where(eq(promotions.id, promotionId))
    await resetPricing()
    await db.update(settingsTable).set({ pricesIncludeTax: false })
    // 7000 − 20% + 490 of shipping, 19% of it tax.
    expect(await setQuantity(orderId, 5)).toEqual({ ok: true, total: 6_090 })
    expect(await orderOf(orderId)).toMatchObject({ discountTotal: 1_400, taxTotal: 972, taxAdded: 0 })
    expect(await stockOf(variantId)).toBe(5)
  })

  test('gets new lines at the price of today, and more of a line at its own', async () => {
    const pot = await createProduct({ title: 'Pot', price: 1_000 })
    const { orderId } = await createOrder({ ...pot, quantity: 2 })
    await changePrice(pot.variantId, 3_000)
    const cup = await createProduct({ title: 'Cup', price: 700 })
    const added = [
      { variantId: cup.variantId, quantity: 3 },
      { variantId: pot.variantId, quantity: 1 },
    ]
    expect(await edit(orderId, { added, shipping: 0 })).toEqual({ ok: true, total: 5_100 })
    const [message] = await db
      .select()
      .from(emails)
      .where(and(eq(emails.orderId, orderId), eq(emails.kind, 'order-edited')))
    await sendQueuedEmail(message!.id)
    const [sent] = await db.select().from(emails).where(eq(emails.id, message!.id))
    expect(sent!.text).toContain('Its total is now €51.00.')
    expect(await linesOf(orderId)).toMatchObject([
      { title: 'Pot', quantity: 3, unitPrice: 1_000 },
      { title: 'Cup', quantity: 3, unitPrice: 700, stockTaken: true },
    ])
    expect(await stockOf(cup.variantId)).toBe(7)
  })

  test('gives back the stock of a removed line, and keeps at least one line', async () => {
    const pot = await createProduct({ price: 1_000 })
    const { orderId } = await createOrder(pot)
    expect(await setQuantity(orderId, 0)).toEqual({ ok: false, reason: 'no-lines' })
    const cup = await createProduct({ price: 700 })
    const [line] = await linesOf(orderId)
    const swap = {
      lines: [{ orderLineId: line!.id, quantity: 0 }],
      added: [{ variantId: cup.variantId, quantity: 1 }],
    }
    expect(await edit(orderId, swap)).toEqual({ ok: true, total: 1_190 })
    expect([await stockOf(pot.variantId), await stockOf(cup.variantId)]).toEqual([10, 9])
  })

  test('waits for the difference after it was paid, and has one to pay back when it costs less', async () => {
    const { orderId } = await createOrder({ ...(await createProduct({ price: 1_000 })), quantity: 2 })
    await markPaid({ orderId, version: 1, reference: '', by: olga })
    await setQuantity(orderId, 3)
    expect(await orderOf(orderId)).toMatchObject({
      paymentState: 'pending',
      receivedTotal: 2_490,
      total: 3_490,
    })
    expect(amountDue(await orderOf(orderId))).toBe(1_000)
    await markPaid({ orderId, version: (await orderOf(orderId)).version, reference: '', by: olga })
    expect(await orderOf(orderId)).toMatchObject({ paymentState: 'paid', receivedTotal: 3_490 })
    await setQuantity(orderId, 1)
    expect(await orderOf(orderId)).toMatchObject({
      paymentState: 'partially-refunded',
      receivedTotal: 3_490,
      total: 1_490,
      refundedTotal: 2_000,
    })
  })
})

describe('an edit is refused', () => {
  test('without enough stock, and changes nothing', async () => {
    const product = await createProduct({ stock: 3 })
    const { orderId } = await createOrder({ ...product, quantity: 2 })
    const before = await orderOf(orderId)
    expect(await setQuantity(orderId, 4)).toEqual({ ok: false, reason: 'out-of-stock' })
    expect(await orderOf(orderId)).toEqual(before)
    expect(await stockOf(product.variantId)).toBe(1)
  })

  test('when the total is not the one that was shown, or the order was changed since', async () => {
    const { orderId } = await createOrder(await createProduct({ price: 1_000 }))
    const [line] = await linesOf(orderId)
    const asked = { lines: [{ orderLineId: line!.id, quantity: 2 }], added: [], shipping: 490 }
    const input = { ...asked, orderId, version: 1, reason: '', by: olga }
    expect(await editOrder({ ...input, shownTotal: 1_490 })).toEqual({ ok: false, reason: 'total-changed' })
    expect(await editOrder({ ...input, version: 2, shownTotal: 2_490 })).toEqual({
      ok: false,
      reason: 'stale',
    })
    expect(await edit(orderId, {})).toEqual({ ok: false, reason: 'nothing-changed' })
  })

  test('once something is shipped: of an edit and a shipment at the same time one happens', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { orderId } = await createOrder({ ...(await createProduct()), quantity: 2 })
      const [line] = await linesOf(orderId)
      const shipment = { version: 1, carrier: '', trackingNumber: '', trackingUrl: '' }
      const results = await Promise.all([
        setQuantity(orderId, 1),
        createFulfillment({
          ...shipment,
          orderId,
          lines: [{ orderLineId: line!.id, quantity: 2 }],
          by: olga,
        }),
      ])
      expect(results.filter(({ ok }) => ok)).toHaveLength(1)
    }
  })

  test('for a product that is not sold', async () => {
    const { orderId } = await createOrder(await createProduct())
    const draft = await createProduct({ price: null })
    const added = [{ variantId: draft.variantId, quantity: 1 }]
    expect(await edit(orderId, { added })).toEqual({ ok: false, reason: 'variant-unavailable' })
  })
})

describe('an order with a refund that failed', () => {
  /** Three items, of which two were refunded to a card that refused the money. */
  async function createFailedRefund() {
    const { orderId } = await createOrder({
      ...(await createProduct({ price: 1_000, stock: 5 })),
      quantity: 3,
    })
    await payByCard(orderId, (await orderOf(orderId)).total)
    const [line] = await linesOf(orderId)
    const refunded = await refund({ orderId, by: olga, lines: [{ orderLineId: line!.id, quantity: 2 }] })
    expect(refunded).toMatchObject({ ok: true })
    const [newest] = await listRefunds(orderId)
    const failed = { id: null, status: 'failed', failure: 'Card closed' } as const
    await recordRefundResult(newest!.transfers[0]!.id, failed)
    expect(await orderOf(orderId)).toMatchObject({ paymentState: 'paid', refundedTotal: 0 })
    return orderId
  }

  test('keeps the units that the refund is about: it can be retried', async () => {
    const orderId = await createFailedRefund()
    const other = await createProduct({ price: 500 })
    expect(await edit(orderId, { added: [{ ...other, quantity: 1 }] })).toMatchObject({ ok: true })
    for (const quantity of [1, 0])
      expect(await setQuantity(orderId, quantity)).toEqual({ ok: false, reason: 'units-refunded' })
    expect(await setQuantity(orderId, 2)).toMatchObject({ ok: true })
    expect((await linesOf(orderId))[0]).toMatchObject({ quantity: 2, refundedQuantity: 2 })
  })
})
