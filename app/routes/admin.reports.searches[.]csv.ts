import type { LoaderFunctionArgs } from '@remix-run/node'
import { searchReportOf } from '#app/components/admin/search-report-params.ts'
import { can } from '#app/domain/access/access.ts'
import { csvLine } from '#app/domain/csv.ts'
import { toDecimal } from '#app/domain/money.ts'
import { listSearchedTerms } from '#app/domain/reports/search-report.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

const maxTerms = 10_000

/** The report's terms as a file. */
export async function loader({ request }: LoaderFunctionArgs) {
  const user = await requireUser(request)
  const settings = orNotFound(await getSettings())
  const { period, list, sort } = searchReportOf(new URL(request.url).searchParams)
  const reading = { days: Number(period), timeZone: settings.timeZone, now: new Date() }
  const withSales = can(user, 'orders')
  const { terms } = await listSearchedTerms({ ...reading, withSales, list, sort, limit: maxTerms })
  const heads = [
    'Term',
    'Searches',
    'Results',
    'Clicks',
    ...(withSales ? ['Orders', 'Units', 'Revenue'] : []),
  ]
  const lines = terms.map(({ query, searches, results, clicks, sales }) =>
    csvLine([
      ...[query, String(searches), String(results ?? ''), String(clicks)],
      ...(sales ? [String(sales.orders), String(sales.units), toDecimal(sales.revenue, settings)] : []),
    ]),
  )
  return new Response(`\ufeff${csvLine(heads)}${lines.join('')}`, {
    headers: {
      'cache-control': 'private, no-store',
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="searches.csv"',
    },
  })
}
