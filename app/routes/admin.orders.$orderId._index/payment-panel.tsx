import { DateTime } from '#app/components/date-time.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import { PaymentForm } from '#app/components/admin/payment-form.tsx'
import { PaymentStatus } from '#app/components/admin/status-badges.tsx'
import { useMoney } from '#app/components/shop.ts'
import { amountDue, canBePaid } from '#app/domain/orders/order-states.ts'
import { paymentLabels } from '#app/domain/payments/payments.ts'
import type { OrderPage } from './route.tsx'

/** The balance or the received payment, and the form to record one. */
export function PaymentPanel({ order, payments, constraints }: OrderPage) {
  const money = useMoney()
  return (
    <Panel title="Payment" action={<PaymentStatus order={order} />}>
      <dl className="facts">
        <div>
          <dt>Payment method</dt>
          <dd>{paymentLabels[order.paymentMethod]}</dd>
        </div>
        {payments.map((payment) => (
          <div key={payment.id}>
            <dt>
              Received <DateTime at={payment.createdAt} />
            </dt>
            <dd className="numeric">
              {money(payment.amount)}
              {payment.reference && `, ${payment.reference}`}
            </dd>
          </div>
        ))}
        {canBePaid(order) && (
          <div>
            <dt>Amount due</dt>
            <dd className="numeric">
              <b>{money(amountDue(order))}</b>
            </dd>
          </div>
        )}
      </dl>
      {canBePaid(order) && (
        <div className="apart">
          <PaymentForm order={order} constraint={constraints.payment} />
        </div>
      )}
    </Panel>
  )
}
