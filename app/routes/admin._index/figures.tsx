import { useMoney } from '#app/components/shop.ts'
import type { Sales } from '#app/domain/reports/overview.server.ts'
import { formatCount } from '#app/domain/intl.ts'
import type { HomePage } from './route.tsx'

export function Figures({ sales }: Pick<NonNullable<HomePage['orders']>, 'sales'>) {
  return (
    <dl className="figures">
      <Figure label="Today" sales={sales.today} before={sales.yesterday} period="yesterday" />
      <Figure
        label="Last 7 days"
        sales={sales.week}
        before={sales.weekBefore}
        period="in the previous 7 days"
      />
    </dl>
  )
}

function Figure({
  label,
  sales,
  before,
  period,
}: {
  label: string
  sales: Sales
  before: Sales
  period: string
}) {
  const money = useMoney()
  const orderCountText = ({ orders }: Sales) => formatCount(orders, 'order')
  return (
    <div className="figure">
      <dt>{label}</dt>
      <dd className="figure__value">{money(sales.amount)}</dd>
      <dd>{orderCountText(sales)}</dd>
      <dd className="soft small">
        {before.orders === 0
          ? `No orders ${period}`
          : `${money(before.amount)} from ${orderCountText(before)} ${period}`}
      </dd>
    </div>
  )
}
