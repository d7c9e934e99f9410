import { and, desc, eq, gte, lte, sql } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { invoices } from '#db/schema/index.ts'
import type { InvoiceSeries } from './invoices.ts'

export type InvoiceFilter = {
  series: InvoiceSeries | null
  /** Days of issue, each included; null: no bound. */
  from: string | null
  to: string | null
}

export const invoicesPerPage = 50
const exportStep = 500

/** Invoices and credit notes, newest first, that follow the one with the id `before`; `next` is null on the last page. */
export async function listAllInvoices({ before, ...filter }: InvoiceFilter & { before: number | null }) {
  const rows = await selectInvoices(filter, before, invoicesPerPage + 1)
  const page = rows.slice(0, invoicesPerPage)
  return { invoices: page, next: rows.length > invoicesPerPage ? page.at(-1)!.id : null }
}

/** All of them, in steps, for a file. */
export async function* readAllInvoices(filter: InvoiceFilter) {
  for (let before: number | null = null; ;) {
    const rows: Awaited<ReturnType<typeof selectInvoices>> = await selectInvoices(filter, before, exportStep)
    yield rows
    if (rows.length < exportStep) return
    before = rows.at(-1)!.id
  }
}

function selectInvoices({ series, from, to }: InvoiceFilter, before: number | null, limit: number) {
  const { id, number, numberPrefix, orderId, issuedOn, total, currency, content } = invoices
  return db
    .select({
      ...{ id, series: invoices.series, number, numberPrefix, orderId, issuedOn, total, currency },
      orderName: sql<string>`${content} ->> 'orderName'`,
      customer: sql<string>`coalesce(${content} -> 'customer' -> 'address' ->> 0, '')`,
      vatNumber: sql<string>`${content} -> 'customer' ->> 'vatNumber'`,
      corrects: sql<string | null>`${content} -> 'corrects' ->> 'invoice'`,
      net: sql`(${content} ->> 'net')::bigint`.mapWith(Number),
      tax: sql`(${content} ->> 'tax')::bigint`.mapWith(Number),
    })
    .from(invoices)
    .where(
      and(
        series === null ? undefined : eq(invoices.series, series),
        from === null ? undefined : gte(issuedOn, from),
        to === null ? undefined : lte(issuedOn, to),
        before === null
          ? undefined
          : sql`(${issuedOn}, ${id}) < (select b.issued_on, b.id from invoices b where b.id = ${before})`,
      ),
    )
    .orderBy(desc(issuedOn), desc(id))
    .limit(limit)
}
