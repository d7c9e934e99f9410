import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { type Column, DataTable } from '#app/components/admin/data-table.tsx'
import { EmptyState } from '#app/components/admin/empty-state.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { searchReportOf } from '#app/components/admin/search-report-params.ts'
import { SearchSums } from '#app/components/admin/search-sums.tsx'
import { useMoney } from '#app/components/shop.ts'
import { can } from '#app/domain/access/access.ts'
import { formatCount, formatNumber } from '#app/domain/intl.ts'
import { countedQuery } from '#app/domain/reports/counted-query.ts'
import { getSearchedTerm, type SearchedProduct } from '#app/domain/reports/search-report.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta = () => adminMeta('Search term')

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request)
  const params = new URL(request.url).searchParams
  const query = orNotFound(countedQuery(params.get('q') ?? ''))
  const { timeZone } = orNotFound(await getSettings())
  const { period } = searchReportOf(params)
  const withSales = can(user, 'orders')
  const reading = { days: Number(period), timeZone, now: new Date(), withSales }
  return { query, period, withSales, term: await getSearchedTerm({ ...reading, query }) }
}

export default function SearchTerm() {
  const { query, period, withSales, term } = useLoaderData<typeof loader>()
  const columns = useColumns(withSales)
  return (
    <>
      <PageHead
        title={query}
        crumbs={[{ to: urls.admin.searchReport(period), label: 'Search report' }]}
        about={`The last ${period} days`}
      >
        <a className="button" href={urls.search(query)}>
          View results in store
        </a>
      </PageHead>
      <SearchSums of={term} results={resultsText(term)} />
      <Panel title="Products opened and bought" flush>
        {term.products.length === 0 ? (
          <EmptyState icon="products" title="No products">
            <p>No customer opened a product from the results of this search.</p>
          </EmptyState>
        ) : (
          <DataTable
            caption="Products opened and bought"
            columns={columns}
            rows={term.products}
            rowKey={({ productId }) => productId}
          />
        )}
      </Panel>
    </>
  )
}

function resultsText({ results }: { results: number | null }): string {
  return results === null ? 'Only chosen from suggestions' : formatCount(results, 'result')
}

function useColumns(withSales: boolean): Column<SearchedProduct>[] {
  const money = useMoney()
  const sales: Column<SearchedProduct>[] = [
    {
      label: 'Units',
      isNumber: true,
      isNarrow: true,
      cell: ({ sales: bought }) => formatNumber(bought?.units ?? 0),
    },
    {
      label: 'Revenue',
      isNumber: true,
      isNarrow: true,
      cell: ({ sales: bought }) => money(bought?.revenue ?? 0),
    },
  ]
  return [
    {
      label: 'Product',
      isHead: true,
      cell: ({ productId, title }) =>
        title === null ? (
          'Deleted product'
        ) : (
          <Link className="list__link" to={urls.admin.product(productId)} dir="auto">
            {title}
          </Link>
        ),
    },
    { label: 'Clicks', isNumber: true, isNarrow: true, cell: ({ clicks }) => formatNumber(clicks) },
    ...(withSales ? sales : []),
  ]
}
