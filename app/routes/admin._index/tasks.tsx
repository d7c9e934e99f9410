import { Link } from '@remix-run/react'
import { Icon, type IconName } from '#app/components/admin/icons.tsx'
import { urls } from '#app/urls.ts'
import type { HomePage } from './route.tsx'

type Task = { icon: IconName; count: number; one: string; many: string; to: string }

/** What waits, in the areas that are open to this person. */
export function Tasks({ orders, catalogue }: Pick<HomePage, 'orders' | 'catalogue'>) {
  const tasks = [...(orders ? orderTasks(orders) : []), ...(catalogue ? catalogueTasks(catalogue) : [])]
  const waiting = tasks.filter(({ count }) => count > 0)
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

function orderTasks({ tasks }: NonNullable<HomePage['orders']>): Task[] {
  return [
    {
      icon: 'parcel',
      count: tasks.unfulfilled,
      one: 'order to fulfil',
      many: 'orders to fulfil',
      to: `${urls.admin.orders()}?show=unfulfilled&sort=oldest`,
    },
    {
      icon: 'money',
      count: tasks.unpaid,
      one: 'order to be paid',
      many: 'orders to be paid',
      to: `${urls.admin.orders()}?show=unpaid&sort=oldest`,
    },
    {
      icon: 'mails',
      count: tasks.failedMails,
      one: 'mail could not be sent',
      many: 'mails could not be sent',
      to: `${urls.admin.mails()}?show=failed`,
    },
  ]
}

function catalogueTasks({ tasks, lowStock }: NonNullable<HomePage['catalogue']>): Task[] {
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
      icon: 'picture',
      count: tasks.failedPictures,
      one: 'picture could not be read',
      many: 'pictures could not be read',
      to: urls.admin.products(),
    },
  ]
}
