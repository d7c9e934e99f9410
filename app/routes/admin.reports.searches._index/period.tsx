import { Form } from '@remix-run/react'
import { searchPeriods } from '#app/domain/reports/search-report.ts'
import { urls } from '#app/urls.ts'
import type { SearchReport } from './route.tsx'

/** The days of the report; "Export" has the same terms in a file. */
export function Period({ asked: { period, list, sort } }: Pick<SearchReport, 'asked'>) {
  const query = new URLSearchParams({ days: period, show: list, sort })
  return (
    <Form method="get" className="filters" key={query.toString()}>
      {list !== 'all' && <input type="hidden" name="show" value={list} />}
      {sort !== 'searches' && <input type="hidden" name="sort" value={sort} />}
      <select className="input filters__choice" name="days" aria-label="Period" defaultValue={period}>
        {searchPeriods
          .toSorted((a, b) => Number(a) - Number(b))
          .map((days) => (
            <option key={days} value={days}>
              Last {days} days
            </option>
          ))}
      </select>
      <button className="button" type="submit">
        Show
      </button>
      <a className="button" href={`${urls.admin.searchReportFile()}?${query.toString()}`} download>
        Export CSV
      </a>
    </Form>
  )
}
