import { searchLists, searchPeriods, searchSorts } from '#app/domain/reports/search-report.ts'
import { oneOf } from './list-params.ts'

/** Which search report a URL asks for. */
export function searchReportOf(params: URLSearchParams) {
  return {
    period: oneOf(searchPeriods, params.get('days')),
    list: oneOf(searchLists, params.get('show')),
    sort: oneOf(searchSorts, params.get('sort')),
  }
}
