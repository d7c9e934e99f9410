import { Form, useNavigation } from '@remix-run/react'
import { orderName } from '#app/domain/orders/orders.ts'
import { urls } from '#app/urls.ts'
import { CsrfField } from './csrf-field.tsx'

/** Adds the items of an order that are still available to the cart; works for anyone who has the receipt's URL. */
export function ReorderButton({ order }: { order: { token: string; numberPrefix: string; number: number } }) {
  const action = urls.reorder(order.token)
  const isBusy = useNavigation().formAction === action
  return (
    <Form method="post" action={action}>
      <CsrfField />
      <button className="button" aria-label={`Reorder ${orderName(order)}`} aria-busy={isBusy}>
        {isBusy ? 'One moment…' : 'Reorder'}
      </button>
    </Form>
  )
}
