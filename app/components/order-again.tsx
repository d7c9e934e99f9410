import { Form, useNavigation } from '@remix-run/react'
import { orderName } from '#app/domain/orders/orders.ts'
import { urls } from '#app/urls.ts'
import { CsrfField } from './csrf-field.tsx'

/** Puts what can still be had of an order into the cart; whoever has the receipt may. */
export function OrderAgain({ order }: { order: { token: string; numberPrefix: string; number: number } }) {
  const action = urls.reorder(order.token)
  const isBusy = useNavigation().formAction === action
  return (
    <Form method="post" action={action}>
      <CsrfField />
      <button className="button" aria-label={`Order ${orderName(order)} again`} aria-busy={isBusy}>
        {isBusy ? 'One moment…' : 'Order again'}
      </button>
    </Form>
  )
}
