import { useMoney } from '#app/components/shop.ts'
import type { Sales } from '#app/domain/reports/overview.server.ts'
import type { HomePage } from './route.tsx'

export function Figures({ sales }: Pick<NonNullable<HomePage['orders']>, 'sales'>) {
  return (
    <dl className="figures">
      <Figure label="Today" sales={sales.today} before={sales.yesterday} beforeWords="yesterday" />
      <Figure
        label="Last 7 days"
        sales={sales.week}
        before={sales.weekBefore}
        beforeWords="the 7 days before"
      />
    </dl>
  )
}

function Figure({
  label,
  sales,
  before,
  beforeWords,
}: {
  label: string
  sales: Sales
  before: Sales
  beforeWords: string
}) {
  const money = useMoney()
  const words = ({ orders }: Sales) => `${orders.toLocaleString('en')} ${orders === 1 ? 'order' : 'orders'}`
  return (
    <div className="figure">
      <dt>{label}</dt>
      <dd className="figure__value">{money(sales.amount)}</dd>
      <dd>{words(sales)}</dd>
      <dd className="soft small">
        {before.orders === 0
          ? `No orders ${beforeWords}`
          : `${money(before.amount)} with ${words(before)} ${beforeWords}`}
      </dd>
    </div>
  )
}
