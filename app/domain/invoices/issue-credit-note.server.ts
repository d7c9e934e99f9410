import { and, asc, desc, eq, lt, sql } from 'drizzle-orm'
import { lockOrder } from '#app/domain/orders/lock-order.server.ts'
import type { Tx } from '#db/client.ts'
import { invoices, orderLines, refundLines, refunds, settings } from '#db/schema/index.ts'
import type { InvoiceContent } from '#db/schema/invoices.ts'
import { creditNoteAmounts } from './credit-note-amounts.ts'
import { invoiceName } from './invoices.ts'
import { sumRates } from './invoice-amounts.ts'
import { insertNumbered, type Issued } from './number-invoice.server.ts'

/**
 * Issues the credit note of a refund as the last step of the caller's transaction. Does nothing when the order has no
 * invoice, and when the refund has its credit note. Locks the order, then the series.
 */
export async function issueCreditNote(
  tx: Tx,
  refundId: number,
  by: number | null = null,
): Promise<Issued | null> {
  const [refund] = await tx.select().from(refunds).where(eq(refunds.id, refundId))
  if (!refund) return null
  const { orderId } = refund
  const order = await lockOrder(tx, orderId)
  const invoice = await findNewestInvoice(tx, orderId)
  const isIssued = (await tx.$count(invoices, eq(invoices.refundId, refundId))) > 0
  if (!order || !invoice || isIssued) return null
  const [lines, refunded, [before]] = await Promise.all([
    tx.select().from(orderLines).where(eq(orderLines.orderId, orderId)).orderBy(asc(orderLines.id)),
    tx
      .select({
        ...{ title: orderLines.title, variantTitle: orderLines.variantTitle, sku: orderLines.sku },
        ...{ taxRate: orderLines.taxRate, quantity: refundLines.quantity },
        ...{ amount: refundLines.amount, tax: refundLines.tax },
      })
      .from(refundLines)
      .innerJoin(orderLines, eq(orderLines.id, refundLines.orderLineId))
      .where(eq(refundLines.refundId, refundId))
      .orderBy(asc(orderLines.id)),
    tx
      .select({ shippingAmount: sumOf(refunds.shippingAmount), shippingTax: sumOf(refunds.shippingTax) })
      .from(refunds)
      .where(and(eq(refunds.orderId, orderId), lt(refunds.id, refundId))),
  ])
  const amounts = creditNoteAmounts(order, lines, invoice.content.rates, {
    ...refund,
    ...{ lines: refunded, before: before! },
  })
  return insertCreditNote(tx, invoice, { amounts, reason: refund.reason, refundId, by })
}

/**
 * Credits an order's whole invoice, as the last step of the caller's transaction, before another invoice replaces it.
 * Does nothing when the order has no invoice, or one with a credit note.
 */
export async function creditInvoice(
  tx: Tx,
  orderId: number,
  { reason, by }: { reason: string; by: number | null },
): Promise<Issued | null> {
  await lockOrder(tx, orderId)
  const invoice = await findNewestInvoice(tx, orderId)
  if (!invoice || (await tx.$count(invoices, eq(invoices.invoiceId, invoice.id))) > 0) return null
  const { lines, rates, net, tax, total } = invoice.content
  const credited = lines.map((line) => ({
    ...line,
    ...{ unitPrice: 0 - line.unitPrice, discount: 0 - line.discount, net: 0 - line.net },
  }))
  const amounts = {
    lines: credited,
    rates: sumRates(
      credited,
      rates.map((one) => ({ rate: one.rate, tax: 0 - one.tax })),
    ),
    ...{ net: 0 - net, tax: 0 - tax, total: 0 - total },
  }
  return insertCreditNote(tx, invoice, { amounts, reason, refundId: null, by })
}

type Amounts = Pick<InvoiceContent, 'lines' | 'rates' | 'net' | 'tax' | 'total'>

/** The credit note of an invoice: its parties and dates are those of the invoice. */
async function insertCreditNote(
  tx: Tx,
  invoice: typeof invoices.$inferSelect,
  {
    amounts,
    reason,
    refundId,
    by,
  }: { amounts: Amounts; reason: string; refundId: number | null; by: number | null },
): Promise<Issued> {
  const [shop] = await tx
    .select({ prefix: settings.creditNotePrefix, timeZone: settings.timeZone })
    .from(settings)
  return insertNumbered(tx, {
    ...{ series: 'credit-note', numberPrefix: shop!.prefix, timeZone: shop!.timeZone, by },
    ...{ orderId: invoice.orderId, invoiceId: invoice.id, refundId, currency: invoice.currency },
    content: {
      ...invoice.content,
      ...amounts,
      corrects: { invoice: invoiceName(invoice), reason },
      paid: amounts.total,
    },
  })
}

async function findNewestInvoice(tx: Tx, orderId: number) {
  const [invoice] = await tx
    .select()
    .from(invoices)
    .where(and(eq(invoices.orderId, orderId), eq(invoices.series, 'invoice')))
    .orderBy(desc(invoices.id))
    .limit(1)
  return invoice ?? null
}

const sumOf = (column: typeof refunds.shippingAmount | typeof refunds.shippingTax) =>
  sql`coalesce(sum(${column}), 0)`.mapWith(Number)
