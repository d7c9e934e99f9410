import { Link } from '@remix-run/react'
import { ListPage } from '#app/components/admin/list-page.tsx'
import { urls } from '#app/urls.ts'

export function CreateOrder() {
  return (
    <Link className="button button--primary" to={urls.admin.newDraft()}>
      Create order
    </Link>
  )
}

/** What draft orders are for. */
export function NoDrafts() {
  return (
    <ListPage
      title="Draft orders"
      rows={[]}
      columns={[]}
      empty={{
        icon: 'orders',
        title: 'No draft orders yet',
        children: (
          <>
            <p>
              Create an order for a customer who calls, writes or visits. Place it yourself, or send a link
              where they check it, choose how to pay, and place it.
            </p>
            <CreateOrder />
          </>
        ),
      }}
    />
  )
}
