import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import type { Column } from '#app/components/admin/data-table.tsx'
import { invoiceFilterOf } from '#app/components/admin/invoice-filter.ts'
import { ListPage } from '#app/components/admin/list-page.tsx'
import { withParams } from '#app/components/admin/list-params.ts'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { useMoney } from '#app/components/shop.ts'
import { dateFormat } from '#app/domain/intl.ts'
import { invoiceName, seriesLabels } from '#app/domain/invoices/invoices.ts'
import { listAllInvoices } from '#app/domain/invoices/list-invoices.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'
import { InvoiceFilters } from './invoice-filters.tsx'

export const handle = { access: 'orders' } satisfies RouteHandle

export const meta = () => adminMeta('Invoices')

export async function loader({ request }: LoaderFunctionArgs) {
  const params = new URL(request.url).searchParams
  const filter = invoiceFilterOf(params)
  const typed = params.get('before') ?? ''
  const before = /^[1-9]\d{0,14}$/.test(typed) ? Number(typed) : null
  return { filter, before, ...(await listAllInvoices({ ...filter, before })) }
}

const dayFormat = dateFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })

type InvoicesPage = Awaited<ReturnType<typeof loader>>
type InvoiceRow = InvoicesPage['invoices'][number]

export default function Invoices() {
  const page = useLoaderData<typeof loader>()
  const { invoices, filter } = page
  const columns = useColumns()
  const isFiltered = Object.values(filter).some((value) => value !== null)
  return (
    <ListPage
      title="Invoices"
      about="Invoices and credit notes, as they were issued."
      filters={(invoices.length > 0 || isFiltered) && <InvoiceFilters filter={filter} />}
      rows={invoices}
      columns={columns}
      empty={{
        icon: 'orders',
        title: isFiltered ? 'No invoices match' : 'No invoices yet',
        children: (
          <p>
            {isFiltered
              ? 'Try other dates, or all types.'
              : 'An order’s invoice is issued when it is paid, or by staff on the order’s page.'}
          </p>
        ),
      }}
      foot={<OtherPages {...page} />}
    />
  )
}

function useColumns(): Column<InvoiceRow>[] {
  const money = useMoney()
  return [
    {
      label: 'Number',
      isHead: true,
      isNarrow: true,
      cell: (invoice) => (
        <Link className="list__link" to={urls.admin.orderInvoice(invoice.orderId, invoice.id)}>
          {invoiceName(invoice)}
        </Link>
      ),
    },
    { label: 'Type', isNarrow: true, cell: ({ series }) => seriesLabels[series] },
    {
      label: 'Date',
      isNarrow: true,
      cell: ({ issuedOn }) => <time dateTime={issuedOn}>{dayFormat.format(new Date(issuedOn))}</time>,
    },
    { label: 'Customer', isWide: true, cell: ({ customer }) => <span dir="auto">{customer}</span> },
    {
      label: 'Order',
      isNarrow: true,
      cell: ({ orderId, orderName }) => <Link to={urls.admin.order(orderId)}>{orderName}</Link>,
    },
    { label: 'Tax', isNumber: true, isNarrow: true, cell: ({ tax }) => money(tax) },
    { label: 'Total', isNumber: true, isNarrow: true, cell: ({ total }) => money(total) },
  ]
}

function OtherPages({ before, next }: InvoicesPage) {
  const [params] = useSearchParams()
  if (before === null && next === null) return null
  return (
    <div className="pages">
      <nav aria-label="Pages">
        {before !== null && (
          <Link className="button button--small" to={withParams(params, { before: null })}>
            Newest
          </Link>
        )}
        {next !== null && (
          <Link className="button button--small" rel="next" to={withParams(params, { before: next })}>
            Older
          </Link>
        )}
      </nav>
    </div>
  )
}
