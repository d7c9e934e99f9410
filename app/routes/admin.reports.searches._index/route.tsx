import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import type { Column } from '#app/components/admin/data-table.tsx'
import { ListPage } from '#app/components/admin/list-page.tsx'
import { withParams } from '#app/components/admin/list-params.ts'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { searchReportOf } from '#app/components/admin/search-report-params.ts'
import { SearchSums } from '#app/components/admin/search-sums.tsx'
import { useMoney } from '#app/components/shop.ts'
import { can } from '#app/domain/access/access.ts'
import { formatNumber } from '#app/domain/intl.ts'
import {
  clickRate,
  type SearchedTerm,
  searchListLabels,
  searchLists,
  type SearchSort,
} from '#app/domain/reports/search-report.ts'
import { listSearchedTerms, sumSearches } from '#app/domain/reports/search-report.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'
import { Period } from './period.tsx'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta = () => adminMeta('Search report')

const termsShown = 50

export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request)
  const { timeZone } = orNotFound(await getSettings())
  const asked = searchReportOf(new URL(request.url).searchParams)
  const reading = { days: Number(asked.period), timeZone, now: new Date(), withSales: can(user, 'orders') }
  const [{ terms, total }, sums] = await Promise.all([
    listSearchedTerms({ ...reading, ...asked, limit: termsShown }),
    sumSearches(reading),
  ])
  return { asked, terms, total, sums }
}

export type SearchReport = Awaited<ReturnType<typeof loader>>

export default function SearchReportPage() {
  const { asked, terms, total, sums } = useLoaderData<typeof loader>()
  const columns = useColumns(sums.sales !== null)
  const hasAny = sums.searches > 0 || sums.clicks > 0
  return (
    <ListPage
      title="Search report"
      about={`What customers searched for in the last ${asked.period} days, and what they opened and bought after it. Staff and bots are not counted.`}
      top={hasAny && <SearchSums of={sums} results={withoutResults(sums)} />}
      tabs={{ name: 'Search terms', values: searchLists, labels: searchListLabels, current: asked.list }}
      filters={<Period asked={asked} />}
      rows={terms.map((term) => ({ ...term, id: term.query }))}
      columns={columns}
      empty={{
        icon: 'search',
        title: hasAny ? 'No such searches' : 'No searches yet',
        children: !hasAny && <p>Searches appear here a few seconds after a customer made them.</p>,
      }}
      foot={
        total > terms.length && (
          <p className="panel__foot soft small">
            The first {formatNumber(terms.length)} of {formatNumber(total)} terms. The CSV file has more.
          </p>
        )
      }
    />
  )
}

function withoutResults({ searches, withoutResults: count }: SearchReport['sums']): string {
  const share = searches === 0 ? 0 : Math.round((count / searches) * 100)
  return `${formatNumber(count)} without results (${share}%)`
}

/** Each number is a link that sorts by it, highest first. */
function useColumns(withSales: boolean): Column<SearchedTerm & { id: string }>[] {
  const money = useMoney()
  const [params] = useSearchParams()
  const { period, sort: sorted } = searchReportOf(params)
  const number = (
    sort: SearchSort,
    label: string,
    cell: (term: SearchedTerm) => React.ReactNode,
  ): Column<SearchedTerm & { id: string }> => ({
    ...{ label, isNumber: true, isNarrow: true, cell },
    sort: {
      to: withParams(params, { sort: sort === 'searches' ? null : sort }),
      direction: sort === sorted ? 'descending' : null,
    },
  })
  return [
    {
      label: 'Term',
      isHead: true,
      cell: ({ query }) => (
        <Link className="list__link" to={urls.admin.searchedTerm(query, period)} dir="auto">
          {query}
        </Link>
      ),
    },
    number('searches', 'Searches', ({ searches }) => formatNumber(searches)),
    number('results', 'Results', ({ results }) => (results === null ? '–' : formatNumber(results))),
    number('clicks', 'Clicks', ({ clicks }) => formatNumber(clicks)),
    { label: 'Click rate', isNumber: true, isNarrow: true, cell: clickRate },
    ...(withSales
      ? [
          number('orders', 'Orders', ({ sales }) => formatNumber(sales?.orders ?? 0)),
          number('revenue', 'Revenue', ({ sales }) => money(sales?.revenue ?? 0)),
        ]
      : []),
  ]
}
