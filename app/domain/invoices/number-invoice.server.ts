import { sql } from 'drizzle-orm'
import { addOrderEvent } from '#app/domain/orders/insert-order.server.ts'
import type { Tx } from '#db/client.ts'
import { invoiceCounters, invoices, type InvoiceContent } from '#db/schema/index.ts'
import { invoiceName } from './invoices.ts'

export type Issued = { id: number; name: string }

type Document = Pick<
  typeof invoices.$inferSelect,
  'series' | 'numberPrefix' | 'orderId' | 'invoiceId' | 'refundId' | 'currency'
> & { content: InvoiceContent; timeZone: string; by: number | null }

/**
 * Takes the next number of the series and writes the document with it, as the last statements of the caller's
 * transaction: until it ends, every other document of the series waits. A transaction that is rolled back gives its
 * number back, which a sequence would not. The day of issue is read under this lock, so that it never runs backwards.
 */
export async function insertNumbered(tx: Tx, document: Document): Promise<Issued> {
  const { series, numberPrefix, orderId, invoiceId, refundId, currency, content, timeZone, by } = document
  const [row] = await tx.execute<{ id: string; number: string }>(sql`
    with taken as (
      update ${invoiceCounters} set last = last + 1 where series = ${series} returning last
    )
    insert into ${invoices}
      (series, number, number_prefix, order_id, invoice_id, refund_id, issued_on, total, currency, content)
    select ${series}::invoice_series, last, ${numberPrefix}, ${orderId}::bigint, ${invoiceId}::bigint,
      ${refundId}::bigint, (clock_timestamp() at time zone ${timeZone})::date, ${content.total}::bigint,
      ${currency}, ${JSON.stringify(content)}::jsonb
    from taken returning id, number`)
  const issued = { id: Number(row!.id), name: invoiceName({ numberPrefix, number: Number(row!.number) }) }
  const kind = series === 'invoice' ? 'invoice-issued' : 'credit-note-issued'
  await addOrderEvent(tx, { orderId, kind, detail: issued.name, byUserId: by })
  return issued
}
