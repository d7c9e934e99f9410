import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import type { Column } from '#app/components/admin/data-table.tsx'
import { ListPage } from '#app/components/admin/list-page.tsx'
import { oneOf, pageOf, queryOf } from '#app/components/admin/list-params.ts'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { DraftStatus } from '#app/components/admin/status-badges.tsx'
import { DateTime } from '#app/components/date-time.tsx'
import { useMoney } from '#app/components/shop.ts'
import { countDrafts, type DraftFilter, draftsPerPage, listDrafts } from '#app/domain/drafts/drafts.server.ts'
import { draftName } from '#app/domain/orders/draft-states.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'
import { CreateOrder, NoDrafts } from './no-drafts.tsx'

export const handle = { access: 'orders' } satisfies RouteHandle

export const meta = () => adminMeta('Draft orders')

const filters = ['open', 'placed', 'all'] as const satisfies DraftFilter[]

export async function loader({ request }: LoaderFunctionArgs) {
  const params = new URL(request.url).searchParams
  const asked = {
    filter: oneOf(filters, params.get('show')),
    query: queryOf(params),
    page: pageOf(params),
  }
  const [list, counts] = await Promise.all([listDrafts(asked), countDrafts()])
  return { ...list, counts, asked, perPage: draftsPerPage }
}

type DraftRow = Awaited<ReturnType<typeof loader>>['drafts'][number]

const filterLabels = {
  open: 'Open',
  placed: 'Order created',
  all: 'All',
} satisfies Record<DraftFilter, string>

export default function Drafts() {
  const { drafts, total, counts, asked, perPage } = useLoaderData<typeof loader>()
  const columns = useColumns()
  if (counts.all === 0) return <NoDrafts />
  return (
    <ListPage
      title="Draft orders"
      actions={
        <>
          <Link className="button" to={urls.admin.orders()}>
            Orders
          </Link>
          <CreateOrder />
        </>
      }
      tabs={{
        name: 'Filter draft orders',
        values: filters,
        labels: filterLabels,
        countOf: (filter) => counts[filter],
        current: asked.filter,
      }}
      search={{
        query: asked.query,
        label: 'Search draft orders by number, email address, name or item',
        placeholder: 'Number, email, name or item',
        keep: { show: asked.filter === 'open' ? null : asked.filter },
      }}
      rows={drafts}
      columns={columns}
      empty={{
        title: asked.query ? 'No draft orders match' : 'No draft orders',
        children: (
          <Link className="button" to={`${urls.admin.drafts()}?show=all`}>
            Show all draft orders
          </Link>
        ),
      }}
      pages={{ page: asked.page, perPage, total, noun: ['draft order', 'draft orders'] }}
    />
  )
}

function useColumns(): Column<DraftRow>[] {
  const money = useMoney()
  return [
    {
      label: 'Draft',
      isHead: true,
      isNarrow: true,
      cell: (draft) => (
        <Link className="list__link" to={urlOf(draft)}>
          {draftName(draft)}
        </Link>
      ),
    },
    {
      label: 'Changed',
      isNarrow: true,
      cell: ({ updatedAt, by }) => (
        <>
          <DateTime at={updatedAt} />
          {by && <span className="sub">Created by {by}</span>}
        </>
      ),
    },
    {
      label: 'Customer',
      isWide: true,
      cell: ({ name, email }) =>
        name || email ? (
          <>
            <span dir="auto">{name}</span>
            <span className="sub">{email}</span>
          </>
        ) : (
          <span className="soft">Not known yet</span>
        ),
    },
    { label: 'Items', isWide: true, cell: ({ items }) => <span dir="auto">{items}</span> },
    {
      label: 'Status',
      isNarrow: true,
      cell: ({ state, orderName }) => (
        <>
          <DraftStatus state={state} />
          {orderName && <span className="sub">{orderName}</span>}
        </>
      ),
    },
    { label: 'Total', isNumber: true, isNarrow: true, cell: ({ total }) => money(total) },
  ]
}

/** A draft that was placed is the order now. */
function urlOf({ id, orderId }: DraftRow): string {
  return orderId === null ? urls.admin.draft(id) : urls.admin.order(orderId)
}
