import type { OrderPage } from './route.tsx'

/** Why an order whose payment is disputed cannot be fulfilled or edited. */
export function DisputeNotice({ order }: Pick<OrderPage, 'order'>) {
  if (!order.isDisputed) return null
  return (
    <div className="notice notice--warn error-summary">
      <p>
        The customer disputes the payment with their bank. Respond in the Stripe dashboard. The order cannot
        be fulfilled or edited unless the dispute is won.
      </p>
    </div>
  )
}
