import { and, asc, desc, eq, sql } from 'drizzle-orm'
import { lockOrder } from '#app/domain/orders/lock-order.server.ts'
import { amountDue } from '#app/domain/orders/order-states.ts'
import { orderName, shippingAddress } from '#app/domain/orders/orders.ts'
import { addressLines } from '#app/domain/shipping/address-lines.server.ts'
import type { Tx } from '#db/client.ts'
import { fulfillments, invoiceCounters, invoices, orderLines, refunds, settings } from '#db/schema/index.ts'
import type { Settings } from '#app/domain/settings/settings.server.ts'
import { invoiceAmounts } from './invoice-amounts.ts'
import { dayIn, hasOpenInvoice } from './invoices.ts'
import { creditInvoice, issueCreditNote } from './issue-credit-note.server.ts'
import { insertNumbered, type Issued } from './number-invoice.server.ts'

/**
 * Issues the invoice of an order as the last step of the caller's transaction, and credit notes for refunds that were
 * made before. Does nothing when the order has an invoice that is not fully credited. Locks the order, then the series.
 */
export async function issueInvoice(
  tx: Tx,
  orderId: number,
  by: number | null = null,
): Promise<Issued | null> {
  const order = await lockOrder(tx, orderId)
  if (!order || hasOpenInvoice(await listDocuments(tx, orderId))) return null
  const [[shop], lines, [shipped], unnoted] = await Promise.all([
    tx.select().from(settings),
    tx.select().from(orderLines).where(eq(orderLines.orderId, orderId)).orderBy(asc(orderLines.id)),
    tx
      .select({ at: fulfillments.createdAt })
      .from(fulfillments)
      .where(and(eq(fulfillments.orderId, orderId), sql`${fulfillments.canceledAt} is null`))
      .orderBy(desc(fulfillments.id))
      .limit(1),
    listRefundsWithoutCreditNote(tx, orderId),
  ])
  const { timeZone, locale, invoicePrefix } = shop!
  const issued = await insertNumbered(tx, {
    ...{ series: 'invoice', numberPrefix: invoicePrefix, orderId, invoiceId: null, refundId: null },
    ...{ currency: order.currency, timeZone, by },
    content: {
      ...invoiceAmounts(order, lines),
      taxLabel: shop!.taxLabel,
      seller: sellerOf(shop!),
      customer: { address: addressLines(shippingAddress(order), locale), vatNumber: order.vatNumber },
      orderedOn: dayIn(timeZone, order.placedAt),
      suppliedOn: dayIn(timeZone, shipped?.at ?? new Date()),
      orderName: orderName(order),
      corrects: null,
      paid: order.total - amountDue(order),
      note: order.isReverseCharge ? shop!.reverseChargeNote : '',
    },
  })
  for (const refund of unnoted) await issueCreditNote(tx, refund.id, by)
  return issued
}

/**
 * Issues what the payments and refunds of an order call for, as the last step of the transaction that settled it: the
 * invoice once it is paid, and a credit note for each refund of an order that has an invoice.
 */
export async function issueDueDocuments(tx: Tx, orderId: number, by: number | null = null): Promise<void> {
  await issueInvoiceWhenPaid(tx, orderId, by)
  for (const refund of await listRefundsWithoutCreditNote(tx, orderId))
    await issueCreditNote(tx, refund.id, by)
}

/** Replaces the invoice of an order that was edited: a credit note of the whole, and a new one. */
export async function replaceInvoice(
  tx: Tx,
  orderId: number,
  { reason, by }: { reason: string; by: number },
): Promise<void> {
  if (!hasOpenInvoice(await listDocuments(tx, orderId))) return
  // Both counters in the order in which others lock them.
  await tx.select().from(invoiceCounters).orderBy(asc(invoiceCounters.series)).for('update')
  if (await creditInvoice(tx, orderId, { reason, by })) await issueInvoice(tx, orderId, by)
}

/** Issues the first invoice once an order is paid; a refund that fails later makes it paid again. */
async function issueInvoiceWhenPaid(
  tx: Tx,
  orderId: number,
  by: number | null = null,
): Promise<Issued | null> {
  const order = await lockOrder(tx, orderId)
  const isDue = order?.paymentState === 'paid' && !order.canceledAt
  return isDue && (await listDocuments(tx, orderId)).length === 0 ? issueInvoice(tx, orderId, by) : null
}

/** Issues the invoice of an order for cash on delivery once all of it was shipped, as the last step. */
export async function issueInvoiceWhenShipped(
  tx: Tx,
  orderId: number,
  by: number | null = null,
): Promise<Issued | null> {
  const order = await lockOrder(tx, orderId)
  const isDue = order?.paymentMethod === 'cash-on-delivery' && order.fulfillmentState === 'fulfilled'
  return isDue ? issueInvoice(tx, orderId, by) : null
}

/** The seller as printed: the store's name and address until legal ones are entered. */
function sellerOf({ legalName, shopName, legalAddress, contactAddress, taxNumber }: Settings) {
  return { name: legalName || shopName, address: legalAddress || contactAddress, taxNumber }
}

function listDocuments(tx: Tx, orderId: number) {
  return tx
    .select({
      ...{ id: invoices.id, series: invoices.series },
      ...{ invoiceId: invoices.invoiceId, total: invoices.total },
    })
    .from(invoices)
    .where(eq(invoices.orderId, orderId))
    .orderBy(asc(invoices.id))
}

/** Refunds of which money moved or will move. */
function listRefundsWithoutCreditNote(tx: Tx, orderId: number) {
  return tx
    .select({ id: refunds.id })
    .from(refunds)
    .where(
      and(
        eq(refunds.orderId, orderId),
        sql`${refunds.amount} > ${refunds.excessAmount}`,
        sql`not exists (select from invoices c where c.refund_id = "refunds"."id")`,
        sql`exists (select from refund_transfers t where t.refund_id = "refunds"."id" and t.status <> 'failed')`,
      ),
    )
    .orderBy(asc(refunds.id))
}
