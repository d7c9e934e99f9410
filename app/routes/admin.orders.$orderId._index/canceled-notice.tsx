import { DateTime } from '#app/components/date-time.tsx'
import { refundableAmount } from '#app/domain/orders/order-states.ts'
import type { OrderPage } from './route.tsx'

/** When the order was canceled, and what is left to do. */
export function CanceledNotice({ order }: Pick<OrderPage, 'order'>) {
  if (!order.canceledAt) return null
  return (
    <div className="notice notice--warn error-summary">
      <p>
        Canceled <DateTime at={order.canceledAt} as="long" />. Items were restocked
        {refundableAmount(order) > 0 && ', and the payment must be refunded'}.
      </p>
    </div>
  )
}
