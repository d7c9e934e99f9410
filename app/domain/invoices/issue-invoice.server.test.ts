import { and, asc, eq, sql } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { cancelOrder } from '#app/domain/billing/cancel-order.server.ts'
import { fulfillOrder } from '#app/domain/billing/fulfill-order.server.ts'
import { markPaid } from '#app/domain/billing/mark-paid.server.ts'
import { settleOrder } from '#app/domain/billing/settle-order.server.ts'
import { db, transaction } from '#db/client.ts'
import {
  invoices,
  orderLines,
  orders,
  payments,
  refundLines,
  refunds,
  refundTransfers,
  settings,
} from '#db/schema/index.ts'
import { createOrder, createProduct, createShop } from '#tests/support/cast.ts'
import { asSuperuser } from '#tests/support/database.ts'
import { createTaxRate, resetPricing } from '#tests/support/pricing.ts'
import { issueInvoiceNow } from './invoices.server.ts'
import { creditInvoice, issueCreditNote } from './issue-credit-note.server.ts'
import { issueInvoice, issueInvoiceWhenShipped } from './issue-invoice.server.ts'

afterEach(resetPricing)

const documentsOf = (orderId: number) =>
  db.select().from(invoices).where(eq(invoices.orderId, orderId)).orderBy(asc(invoices.id))

const issue = (orderId: number) => transaction((tx) => issueInvoice(tx, orderId))

/** Two pots for 9.99 with 19% VAT, and shipping for 4.90. */
async function createTaxedOrder() {
  await createShop()
  await createTaxRate('IE', 19)
  await db.update(settings).set({ taxLabel: 'VAT' })
  return createOrder({ ...(await createProduct({ title: 'Pot', sku: 'POT' })), quantity: 2 })
}

/** Refunds one pot and half of the shipping. */
async function refundPot(orderId: number): Promise<number> {
  const [[line], [payment]] = await Promise.all([
    db.select().from(orderLines).where(eq(orderLines.orderId, orderId)),
    db.select().from(payments).where(eq(payments.orderId, orderId)),
  ])
  return transaction(async (tx) => {
    const [refund] = await tx
      .insert(refunds)
      .values({ orderId, amount: 1_244, shippingAmount: 245, shippingTax: 39, reason: 'Broken' })
      .returning({ id: refunds.id })
    const refundId = refund!.id
    await tx
      .insert(refundLines)
      .values({ refundId, orderLineId: line!.id, quantity: 1, amount: 999, tax: 160 })
    await tx
      .insert(refundTransfers)
      .values({ refundId, paymentId: payment!.id, amount: 1_244, status: 'done' })
    await tx
      .update(orderLines)
      .set({ refundedQuantity: 1, removedQuantity: 1 })
      .where(eq(orderLines.id, line!.id))
    await settleOrder(tx, orderId)
    await issueCreditNote(tx, refundId)
    return refundId
  })
}

test('an invoice keeps the seller, the customer, the dates and the amounts of the order', async () => {
  const { orderId } = await createTaxedOrder()
  const issued = await issue(orderId)
  const [invoice] = await documentsOf(orderId)
  const [order] = await db.select().from(orders).where(eq(orders.id, orderId))
  expect(issued).toEqual({ id: invoice!.id, name: String(invoice!.number) })
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' }).format(new Date())
  expect(invoice).toMatchObject({ series: 'invoice', total: 2_488, currency: 'EUR', issuedOn: today })
  expect(invoice!.content).toEqual({
    seller: { name: 'Hill & Co', address: '', taxNumber: '' },
    customer: { address: ['Ada Byron', '12 Square', 'Dublin', 'D02', 'Ireland'], vatNumber: '' },
    ...{ orderedOn: today, suppliedOn: today, orderName: `#${order!.number}`, corrects: null },
    lines: [
      { description: 'Pot', sku: 'POT', quantity: 2, unitPrice: 840, discount: 0, net: 1_679, rate: 19_000 },
      {
        ...{ description: 'Shipping: Standard delivery', sku: '', quantity: 1 },
        ...{ unitPrice: 412, discount: 0, net: 412, rate: 19_000 },
      },
    ],
    rates: [{ rate: 19_000, net: 2_091, tax: 397 }],
    ...{ taxLabel: 'VAT', net: 2_091, tax: 397, total: 2_488, paid: 0, note: '' },
  })
})

test('an order has one invoice until it is fully credited, and then a second one', async () => {
  const { orderId } = await createTaxedOrder()
  expect(await issue(orderId)).not.toBeNull()
  expect(await issue(orderId)).toBeNull()
  const reason = 'Order edited'
  const credit = () => transaction((tx) => creditInvoice(tx, orderId, { reason, by: null }))
  expect(await credit()).not.toBeNull()
  expect(await credit()).toBeNull()
  expect(await issue(orderId)).not.toBeNull()
  const [first, note, second] = await documentsOf(orderId)
  expect([note!.series, note!.total, note!.invoiceId]).toEqual(['credit-note', -2_488, first!.id])
  expect(note!.content.rates).toEqual([{ rate: 19_000, net: -2_091, tax: -397 }])
  expect(second!.number).toBe(first!.number + 1)
})

test('a credit note says what was refunded, below 0, and names the invoice; a second one is not issued', async () => {
  const { orderId, olga } = await createTaxedOrder()
  await markPaid({ orderId, version: 1, reference: '', by: olga })
  const refundId = await refundPot(orderId)
  expect(await transaction((tx) => issueCreditNote(tx, refundId))).toBeNull()
  const [invoice, note] = await documentsOf(orderId)
  expect(note).toMatchObject({ series: 'credit-note', numberPrefix: 'C', total: -1_244, refundId })
  expect(note!.content).toMatchObject({
    corrects: { invoice: String(invoice!.number), reason: 'Broken' },
    lines: [
      { description: 'Pot', quantity: 1, unitPrice: -839, net: -839, rate: 19_000 },
      { description: 'Shipping: Standard delivery', net: -206 },
    ],
    rates: [{ rate: 19_000, net: -1_045, tax: -199 }],
    ...{ net: -1_045, tax: -199, total: -1_244 },
  })
})

test('a refund of an order without an invoice has no credit note until the invoice is issued', async () => {
  const { orderId } = await createTaxedOrder()
  await transaction(async (tx) => {
    const [order] = await tx.select().from(orders).where(eq(orders.id, orderId))
    const { total: amount, currency } = order!
    await tx.insert(payments).values({ orderId, method: 'bank-transfer', amount, currency })
    // As it was before invoices were issued.
    await tx.update(orders).set({ paymentState: 'paid', receivedTotal: amount }).where(eq(orders.id, orderId))
  })
  await refundPot(orderId)
  expect(await documentsOf(orderId)).toEqual([])
  await issue(orderId)
  expect((await documentsOf(orderId)).map(({ series, total }) => [series, total])).toEqual([
    ['invoice', 2_488],
    ['credit-note', -1_244],
  ])
})

const seriesOf = async (orderId: number) => (await documentsOf(orderId)).map(({ series }) => series)

test('marking an order as paid issues its invoice, which is paid', async () => {
  const { orderId, olga } = await createTaxedOrder()
  expect(await markPaid({ orderId, version: 1, reference: '', by: olga })).toEqual({ ok: true })
  expect((await documentsOf(orderId)).map(({ content }) => [content.total, content.paid])).toEqual([
    [2_488, 2_488],
  ])
})

test('an order for cash on delivery has its invoice once all of it is shipped; payment issues no second one', async () => {
  await createShop()
  const pots = { ...(await createProduct()), quantity: 2 }
  const { orderId, olga } = await createOrder(pots, { payment: 'cash-on-delivery' })
  const [line] = await db.select().from(orderLines).where(eq(orderLines.orderId, orderId))
  const send = (version: number) =>
    fulfillOrder({
      ...{ orderId, version, by: olga, lines: [{ orderLineId: line!.id, quantity: 1 }] },
      ...{ carrier: '', trackingNumber: '', trackingUrl: '' },
    })
  expect(await send(1)).toEqual({ ok: true, state: 'partly-fulfilled' })
  expect(await seriesOf(orderId)).toEqual([])
  expect(await send(2)).toEqual({ ok: true, state: 'fulfilled' })
  expect(await seriesOf(orderId)).toEqual(['invoice'])
  await markPaid({ orderId, version: 3, reference: '', by: olga })
  expect(await seriesOf(orderId)).toEqual(['invoice'])
})

test('an order for bank transfer has no invoice because it is shipped', async () => {
  const { orderId, olga } = await createOrder(await createProduct())
  const [line] = await db.select().from(orderLines).where(eq(orderLines.orderId, orderId))
  await fulfillOrder({
    ...{ orderId, version: 1, by: olga, lines: [{ orderLineId: line!.id, quantity: 1 }] },
    ...{ carrier: '', trackingNumber: '', trackingUrl: '' },
  })
  expect(await transaction((tx) => issueInvoiceWhenShipped(tx, orderId))).toBeNull()
  expect(await seriesOf(orderId)).toEqual([])
})

test('staff issue an invoice before payment, once, and not for a canceled order', async () => {
  const { orderId, olga } = await createTaxedOrder()
  expect(await issueInvoiceNow(orderId, olga)).toMatchObject({ ok: true })
  expect(await issueInvoiceNow(orderId, olga)).toEqual({ ok: false, reason: 'already-issued' })
  expect(await issueInvoiceNow(0, olga)).toEqual({ ok: false, reason: 'not-found' })
  const canceled = await createOrder(await createProduct())
  await cancelOrder({ orderId: canceled.orderId, version: 1, reason: '', by: olga })
  expect(await issueInvoiceNow(canceled.orderId, olga)).toEqual({ ok: false, reason: 'canceled' })
})

test('not even the owner of the tables changes an issued invoice or goes back in a series', async () => {
  const { orderId } = await createTaxedOrder()
  await issue(orderId)
  await asSuperuser(async (sql) => {
    for (const statement of [
      `update invoices set total = 0 where order_id = ${orderId}`,
      `delete from invoices where order_id = ${orderId}`,
      'truncate invoices',
      'update invoice_counters set last = last - 1',
      'delete from invoice_counters',
    ])
      await expect(sql.unsafe(statement)).rejects.toMatchObject({ code: '42501' })
  })
})

test('reverse charge removes contained tax from the lines and prints its note', async () => {
  await createShop()
  await createTaxRate('IE', 19)
  await db.execute(sql`update settings set allows_reverse_charge = true, store_country = 'DE'`)
  const { orderId } = await createOrder(await createProduct({ price: 11_900 }), {
    ...{ vatNumber: 'IE1234567T', shownTotal: 10_412 },
  })
  await issue(orderId)
  const [invoice] = await db
    .select()
    .from(invoices)
    .where(and(eq(invoices.orderId, orderId), eq(invoices.series, 'invoice')))
  expect(invoice!.content).toMatchObject({
    customer: { vatNumber: 'IE1234567T' },
    lines: [{ net: 10_000 }, { net: 412 }],
    rates: [{ rate: 0, net: 10_412, tax: 0 }],
    ...{ tax: 0, total: 10_412 },
    note: 'Intra-Community supply, exempt, Article 138 Directive 2006/112/EC',
  })
})
