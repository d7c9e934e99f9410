import { Form } from '@remix-run/react'
import { seriesLabels } from '#app/domain/invoices/invoices.ts'
import type { InvoiceFilter } from '#app/domain/invoices/list-invoices.server.ts'
import { urls } from '#app/urls.ts'

/** The dates and the type; "Export" has the same in a file. */
export function InvoiceFilters({ filter }: { filter: InvoiceFilter }) {
  const chosen = Object.entries({ kind: filter.series, from: filter.from, to: filter.to })
  const query = new URLSearchParams(
    chosen.flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  )
  return (
    <Form method="get" className="filters" key={query.toString()}>
      <select
        className="input filters__choice"
        name="kind"
        aria-label="Type"
        defaultValue={filter.series ?? ''}
      >
        <option value="">All types</option>
        {Object.entries(seriesLabels).map(([series, label]) => (
          <option key={series} value={series}>
            {label}
          </option>
        ))}
      </select>
      <Day name="from" label="From" value={filter.from} />
      <Day name="to" label="To" value={filter.to} />
      <button className="button" type="submit">
        Show
      </button>
      <a className="button" href={`${urls.admin.invoicesFile()}?${query.toString()}`} download>
        Export CSV
      </a>
    </Form>
  )
}

function Day({ name, label, value }: { name: string; label: string; value: string | null }) {
  return (
    <label className="filters__day">
      {label}
      <input className="input" type="date" name={name} defaultValue={value ?? ''} />
    </label>
  )
}
