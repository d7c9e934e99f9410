import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Icon, type IconName } from '#app/components/admin/icons.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Panel } from '#app/components/admin/panel.tsx'
import { useMoney } from '#app/components/shop.ts'
import { countTasks, getSales, type Sales } from '#app/domain/reports/overview.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { orNotFound } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'
import { FirstSteps } from './first-steps.tsx'

export const handle = { access: 'any-staff' } satisfies RouteHandle

export const meta = () => adminMeta('Home')

export async function loader({ request }: LoaderFunctionArgs) {
  const staff = await userOf(request)
  const shop = orNotFound(await getSettings())
  const [tasks, sales] = await Promise.all([countTasks(shop.lowStockThreshold), getSales(shop.timeZone)])
  const steps = {
    hasProducts: tasks.products.all > 0,
    isOnSale: tasks.products.active > 0,
    hasRate: shop.version > 1,
    hasBank: shop.bankDetails !== '' || !shop.acceptsBankTransfer,
    hasOrders: tasks.orders.all > 0,
  }
  return { name: staff.name, tasks, sales, steps, lowStock: shop.lowStockThreshold }
}

export default function Home() {
  const { name, tasks, sales, steps, lowStock } = useLoaderData<typeof loader>()
  const isNew = !steps.hasOrders && !(steps.isOnSale && steps.hasRate && steps.hasBank)
  return (
    <>
      <PageHead title={name ? `Hello, ${name}` : 'Hello'} />
      {isNew && <FirstSteps {...steps} />}
      {steps.hasOrders && (
        <dl className="figures">
          <Figure label="Today" sales={sales.today} before={sales.yesterday} beforeWords="yesterday" />
          <Figure
            label="Last 7 days"
            sales={sales.week}
            before={sales.weekBefore}
            beforeWords="the 7 days before"
          />
        </dl>
      )}
      {(steps.hasProducts || !isNew) && (
        <div className="apart">
          <Panel title="What needs doing" flush>
            <Tasks tasks={tasks} lowStock={lowStock} />
          </Panel>
        </div>
      )}
    </>
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

type TaskCounts = ReturnType<typeof useLoaderData<typeof loader>>['tasks']

function Tasks({ tasks, lowStock }: { tasks: TaskCounts; lowStock: number }) {
  const list: { icon: IconName; count: number; one: string; many: string; to: string }[] = [
    {
      icon: 'parcel',
      count: tasks.orders.unfulfilled,
      one: 'order to fulfil',
      many: 'orders to fulfil',
      to: `${urls.admin.orders()}?show=unfulfilled&sort=oldest`,
    },
    {
      icon: 'money',
      count: tasks.orders.unpaid,
      one: 'order to be paid',
      many: 'orders to be paid',
      to: `${urls.admin.orders()}?show=unpaid&sort=oldest`,
    },
    {
      icon: 'low',
      count: tasks.products['low-stock'],
      one: `product with ${lowStock} or fewer in stock`,
      many: `products with ${lowStock} or fewer in stock`,
      to: `${urls.admin.products()}?show=low-stock`,
    },
    {
      icon: 'draft',
      count: tasks.products.draft,
      one: 'product is a draft',
      many: 'products are drafts',
      to: `${urls.admin.products()}?show=draft`,
    },
    {
      icon: 'mails',
      count: tasks.failedMails,
      one: 'mail could not be sent',
      many: 'mails could not be sent',
      to: `${urls.admin.mails()}?show=failed`,
    },
    {
      icon: 'picture',
      count: tasks.failedPictures,
      one: 'picture could not be read',
      many: 'pictures could not be read',
      to: urls.admin.products(),
    },
  ]
  const waiting = list.filter(({ count }) => count > 0)
  if (waiting.length === 0)
    return (
      <p className="todo__item soft">
        <Icon name="check" /> Nothing. Everything is dealt with.
      </p>
    )
  return (
    <ul className="todo" role="list">
      {waiting.map(({ icon, count, one, many, to }) => (
        <li key={one}>
          <Link className="todo__item" to={to}>
            <Icon name={icon} />
            <span>
              <b>{count.toLocaleString('en')}</b> {count === 1 ? one : many}
            </span>
            <Icon name="right" />
          </Link>
        </li>
      ))}
    </ul>
  )
}
