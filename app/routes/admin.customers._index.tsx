import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import type { Column } from '#app/components/admin/data-table.tsx'
import { ListPage } from '#app/components/admin/list-page.tsx'
import { oneOf, pageOf, queryOf, withParams } from '#app/components/admin/list-params.ts'
import { DateTime } from '#app/components/date-time.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Status } from '#app/components/admin/status.tsx'
import { useMoney } from '#app/components/shop.ts'
import { customersPerPage, type CustomerSort, listCustomers } from '#app/domain/customers/customers.server.ts'
import { formatNumber } from '#app/domain/intl.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'customers' } satisfies RouteHandle

export const meta = () => adminMeta('Customers')

const sorts = ['newest', 'oldest', 'name', 'spent', 'orders'] as const satisfies CustomerSort[]

export async function loader({ request }: LoaderFunctionArgs) {
  const params = new URL(request.url).searchParams
  const asked = {
    sort: oneOf(sorts, params.get('sort')),
    query: queryOf(params),
    page: pageOf(params),
  }
  return { ...(await listCustomers(asked)), asked, perPage: customersPerPage }
}

type Row = Awaited<ReturnType<typeof loader>>['customers'][number]

export default function Customers() {
  const { customers, total, asked, perPage } = useLoaderData<typeof loader>()
  const [params] = useSearchParams()
  const columns = useColumns(asked.sort, params)
  const isEmpty = total === 0 && asked.query === ''
  return (
    <ListPage
      title="Customers"
      about="Customers with an account. Guest customers appear under Orders."
      search={
        isEmpty
          ? undefined
          : {
              query: asked.query,
              label: 'Search customers by name or email address',
              placeholder: 'Name or email',
              keep: { sort: asked.sort === 'newest' ? null : asked.sort },
            }
      }
      rows={customers}
      columns={columns}
      empty={{
        icon: 'customers',
        title: isEmpty ? 'No customers yet' : 'No results',
        children: (
          <p>
            {isEmpty
              ? 'Customers appear here when they create an account. Accounts are optional.'
              : 'Try part of the name or email.'}
          </p>
        ),
      }}
      pages={{ page: asked.page, perPage, total, noun: ['customer', 'customers'] }}
    />
  )
}

function useColumns(sort: CustomerSort, params: URLSearchParams): Column<Row>[] {
  const money = useMoney()
  const by = (one: CustomerSort, direction: 'ascending' | 'descending') => ({
    to: withParams(params, { sort: one }),
    direction: sort === one ? direction : null,
  })
  return [
    {
      label: 'Customer',
      isHead: true,
      sort: by('name', 'ascending'),
      cell: (customer) => (
        <>
          <Link className="list__link" to={urls.admin.customer(customer.id)} dir="auto">
            {customer.name}
          </Link>
          <span className="sub">{customer.email}</span>
        </>
      ),
    },
    {
      label: 'Account',
      isNarrow: true,
      cell: ({ disabledAt, emailVerifiedAt }) =>
        disabledAt ? (
          <Status tone="bad">Suspended</Status>
        ) : emailVerifiedAt ? (
          <Status tone="good">Email verified</Status>
        ) : (
          <Status tone="warn">Email not verified</Status>
        ),
    },
    {
      label: 'Created',
      isNarrow: true,
      sort: {
        to: withParams(params, { sort: sort === 'newest' ? 'oldest' : null }),
        direction: sort === 'newest' ? 'descending' : sort === 'oldest' ? 'ascending' : null,
      },
      cell: ({ createdAt }) => <DateTime at={createdAt} as="day" />,
    },
    {
      label: 'Orders',
      isNumber: true,
      isNarrow: true,
      sort: by('orders', 'descending'),
      cell: ({ orders }) => formatNumber(orders),
    },
    {
      label: 'Spent',
      isNumber: true,
      isNarrow: true,
      sort: by('spent', 'descending'),
      cell: ({ spent }) => money(spent),
    },
  ]
}
