import { Link } from '@remix-run/react'
import { formatRate, standardClass } from '#app/domain/taxes/tax-rate.ts'
import { urls } from '#app/urls.ts'
import { type Column, DataTable } from './data-table.tsx'
import { Panel } from './panel.tsx'

type Rate = {
  id: number
  countryName: string
  regionName: string
  taxClass: string | null
  rate: number
}

/** The rates by place and tax class. */
export function TaxRatesPanel({ rates, hasClasses }: { rates: Rate[]; hasClasses: boolean }) {
  return (
    <Panel
      title="Tax rates"
      action={
        <Link className="button" to={urls.admin.newTaxRate()}>
          Add rate
        </Link>
      }
      flush={rates.length > 0}
    >
      {rates.length === 0 ? (
        <p>
          No rates yet, so no tax is charged. Add a rate for each country, and for each state or province with
          a rate of its own. The address that an order is shipped to decides.
        </p>
      ) : (
        <DataTable
          caption="Tax rates"
          columns={rateColumns(hasClasses)}
          rows={rates}
          rowKey={({ id }) => id}
        />
      )}
    </Panel>
  )
}

function rateColumns(hasClasses: boolean): Column<Rate>[] {
  const name = ({ regionName, countryName }: Rate) =>
    regionName ? `${regionName}, ${countryName}` : countryName
  return [
    {
      label: 'Place',
      isHead: true,
      cell: (rate) => (
        <Link className="list__link" to={urls.admin.taxRate(rate.id)}>
          {name(rate)}
        </Link>
      ),
    },
    ...(hasClasses ? [{ label: 'Tax class', cell: (rate: Rate) => rate.taxClass ?? standardClass }] : []),
    { label: 'Rate', isNumber: true, cell: ({ rate }) => formatRate(rate) },
  ]
}

/** The tax classes: "Standard" is always there. */
export function TaxClassesPanel({ classes }: { classes: { id: number; title: string }[] }) {
  return (
    <Panel
      title="Tax classes"
      action={
        <Link className="button" to={urls.admin.newTaxClass()}>
          Add class
        </Link>
      }
      flush
    >
      <ul className="lines" role="list">
        <li>
          <div>
            {standardClass}
            <span className="sub">All products without another class</span>
          </div>
        </li>
        {classes.map(({ id, title }) => (
          <li key={id}>
            <Link className="list__link" to={urls.admin.taxClass(id)} dir="auto">
              {title}
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
