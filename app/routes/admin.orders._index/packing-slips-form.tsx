import { Form } from '@remix-run/react'
import { orderName } from '#app/domain/orders/orders.ts'
import { urls } from '#app/urls.ts'

const formId = 'packing-slips'

/** Opens the packing slips of the orders that are selected in the table below. */
export function PackingSlipsForm() {
  return (
    <Form id={formId} method="get" action={urls.admin.packingSlips()} className="filters">
      <button className="button button--small" type="submit">
        Print packing slips of selected
      </button>
    </Form>
  )
}

export function SelectOrder({ order }: { order: { id: number; numberPrefix: string; number: number } }) {
  return (
    <input
      type="checkbox"
      name="order"
      value={order.id}
      form={formId}
      aria-label={`Select order ${orderName(order)}`}
    />
  )
}
