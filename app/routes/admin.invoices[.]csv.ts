import { Readable } from 'node:stream'
import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node'
import { invoiceFilterOf } from '#app/components/admin/invoice-filter.ts'
import { csvLine } from '#app/domain/csv.ts'
import { invoiceName, seriesLabels } from '#app/domain/invoices/invoices.ts'
import { type InvoiceFilter, readAllInvoices } from '#app/domain/invoices/list-invoices.server.ts'
import { type Currency, isoDigits, toDecimal } from '#app/domain/money.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'

export const handle = { access: 'orders' } satisfies RouteHandle

/** The invoices and credit notes of the list's filter as a file, streamed in steps. */
export async function loader({ request }: LoaderFunctionArgs) {
  const own = orNotFound(await getSettings())
  const filter = invoiceFilterOf(new URL(request.url).searchParams)
  return new Response(createReadableStreamFromReadable(Readable.from(csvOf(filter, own))), {
    headers: {
      'cache-control': 'private, no-store',
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="invoices.csv"',
    },
  })
}

const heads = ['Number', 'Type', 'Date', 'Order', 'Customer', 'VAT number', 'Corrects']
const amounts = ['Net', 'Tax', 'Total', 'Currency']

async function* csvOf(filter: InvoiceFilter, own: Currency) {
  yield Buffer.from(`\ufeff${csvLine([...heads, ...amounts])}`)
  for await (const rows of readAllInvoices(filter)) {
    const lines = rows.map(({ net, tax, total, currency, ...row }) => {
      const units = currency === own.currency ? own : { currency, currencyDigits: isoDigits(currency) }
      return csvLine([
        ...[invoiceName(row), seriesLabels[row.series], row.issuedOn, row.orderName],
        ...[row.customer, row.vatNumber, row.corrects ?? ''],
        ...[net, tax, total].map((amount) => ({ amount: toDecimal(amount, units) })),
        currency,
      ])
    })
    yield Buffer.from(lines.join(''))
  }
}
