import { and, asc, eq } from 'drizzle-orm'
import { lockOrder } from '#app/domain/orders/lock-order.server.ts'
import { auditedTransaction, db } from '#db/client.ts'
import { invoices, orders } from '#db/schema/index.ts'
import { issueInvoice } from './issue-invoice.server.ts'

export type Invoice = typeof invoices.$inferSelect

export type IssueNowResult =
  { ok: true; invoiceId: number } | { ok: false; reason: 'not-found' | 'canceled' | 'already-issued' }

/** Issues the invoice of an order for staff, before it is paid or shipped. Refused for a canceled order. */
export async function issueInvoiceNow(orderId: number, by: number): Promise<IssueNowResult> {
  return auditedTransaction(by, async (tx) => {
    const order = await lockOrder(tx, orderId)
    if (!order) return { ok: false, reason: 'not-found' }
    if (order.canceledAt) return { ok: false, reason: 'canceled' }
    const issued = await issueInvoice(tx, orderId, by)
    return issued ? { ok: true, invoiceId: issued.id } : { ok: false, reason: 'already-issued' }
  })
}

/** The invoices and credit notes of an order, oldest first. */
export function listInvoices(orderId: number) {
  return db
    .select({
      ...{ id: invoices.id, series: invoices.series, invoiceId: invoices.invoiceId },
      ...{ number: invoices.number, numberPrefix: invoices.numberPrefix },
      ...{ issuedOn: invoices.issuedOn, total: invoices.total },
    })
    .from(invoices)
    .where(eq(invoices.orderId, orderId))
    .orderBy(asc(invoices.id))
}

/** An invoice or credit note of this order; null when it is another's. */
export async function getInvoice(orderId: number, invoiceId: number): Promise<Invoice | null> {
  const [invoice] = await db
    .select()
    .from(invoices)
    .where(and(eq(invoices.id, invoiceId), eq(invoices.orderId, orderId)))
  return invoice ?? null
}

/** An invoice or credit note as its customer sees it: the token of the order is the right to. */
export async function getInvoiceByToken(token: string, invoiceId: number): Promise<Invoice | null> {
  const [found] = await db
    .select({ invoice: invoices })
    .from(invoices)
    .innerJoin(orders, eq(orders.id, invoices.orderId))
    .where(and(eq(invoices.id, invoiceId), eq(orders.token, token)))
  return found?.invoice ?? null
}
