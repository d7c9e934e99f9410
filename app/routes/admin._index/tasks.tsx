import { Link } from '@remix-run/react'
import { Icon, type IconName } from '#app/components/admin/icons.tsx'
import { urls } from '#app/urls.ts'
import { formatNumber, plural } from '#app/domain/intl.ts'
import type { HomePage } from './route.tsx'

type Task = { icon: IconName; count: number; one: string; many: string; to: string }

/** Open tasks, for the permissions of this user. */
export function Tasks({ orders, catalog }: Pick<HomePage, 'orders' | 'catalog'>) {
  const tasks = [...(orders ? orderTasks(orders) : []), ...(catalog ? catalogTasks(catalog) : [])]
  const waiting = tasks.filter(({ count }) => count > 0)
  if (waiting.length === 0)
    return (
      <p className="todo__item soft">
        <Icon name="check" /> All caught up.
      </p>
    )
  return (
    <ul className="todo" role="list">
      {waiting.map(({ icon, count, one, many, to }) => (
        <li key={one}>
          <Link className="todo__item" to={to}>
            <Icon name={icon} />
            <span>
              <b>{formatNumber(count)}</b> {plural(count, one, many)}
            </span>
            <Icon name="right" />
          </Link>
        </li>
      ))}
    </ul>
  )
}

function orderTasks({ tasks }: NonNullable<HomePage['orders']>): Task[] {
  return [
    {
      icon: 'parcel',
      count: tasks.unfulfilled,
      one: 'order to fulfill',
      many: 'orders to fulfill',
      to: `${urls.admin.orders()}?show=unfulfilled&sort=oldest`,
    },
    {
      icon: 'money',
      count: tasks.unpaid,
      one: 'order awaiting payment',
      many: 'orders awaiting payment',
      to: `${urls.admin.orders()}?show=unpaid&sort=oldest`,
    },
    {
      icon: 'parcel',
      count: tasks.returns,
      one: 'order with an open return',
      many: 'orders with an open return',
      to: `${urls.admin.orders()}?show=returns&sort=oldest`,
    },
    {
      icon: 'emails',
      count: tasks.failedEmails,
      one: 'email couldn’t be sent',
      many: 'emails couldn’t be sent',
      to: `${urls.admin.emails()}?show=failed`,
    },
  ]
}

function catalogTasks({ tasks, lowStock }: NonNullable<HomePage['catalog']>): Task[] {
  return [
    {
      icon: 'low',
      count: tasks['low-stock'],
      one: `product with ${lowStock} or fewer in stock`,
      many: `products with ${lowStock} or fewer in stock`,
      to: `${urls.admin.products()}?show=low-stock`,
    },
    {
      icon: 'draft',
      count: tasks.draft,
      one: 'product is a draft',
      many: 'products are drafts',
      to: `${urls.admin.products()}?show=draft`,
    },
    {
      icon: 'image',
      count: tasks.failedImages,
      one: 'image couldn’t be read',
      many: 'images couldn’t be read',
      to: urls.admin.products(),
    },
  ]
}
