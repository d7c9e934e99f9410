import { DateTime } from '#app/components/date-time.tsx'
import { CopyField } from '#app/components/admin/copy-field.tsx'
import { ActionForm } from '#app/components/admin/action-form.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import { PaymentForm } from '#app/components/admin/payment-form.tsx'
import { PaymentStatus } from '#app/components/admin/status-badges.tsx'
import { useMoney } from '#app/components/shop.ts'
import { amountDue, canBePaid } from '#app/domain/orders/order-states.ts'
import { paymentLabels } from '#app/domain/payments/payments.ts'
import { urls } from '#app/urls.ts'
import type { OrderPage } from './route.tsx'

type Payment = OrderPage['payments'][number]

const attemptLabels = {
  creating: 'Payment page requested',
  open: 'Payment page opened',
  processing: 'Payment on its way since',
  failed: 'Payment failed',
  expired: 'Payment page closed, opened',
  paid: 'Paid',
} satisfies Record<OrderPage['attempts'][number]['status'], string>

const statusLabels = {
  authorized: 'Authorized',
  received: 'Received',
  released: 'Authorization ended, begun',
  review: 'Needs a review, received',
} satisfies Record<Payment['status'], string>

/** The balance or the received payment, and the form to record one. */
export function PaymentPanel({ order, payments, attempts, constraints, paymentLink }: OrderPage) {
  const money = useMoney()
  return (
    <Panel title="Payment" action={<PaymentStatus order={order} />}>
      <dl className="facts">
        <div>
          <dt>Payment method</dt>
          <dd>{paymentLabels[order.paymentMethod]}</dd>
        </div>
        {payments.map((payment) => (
          <PaymentRow key={payment.id} payment={payment} order={order} />
        ))}
        {attempts
          .filter(({ status }) => status !== 'paid')
          .map((attempt) => (
            <div key={attempt.id}>
              <dt>
                {attemptLabels[attempt.status]} <DateTime at={attempt.createdAt} />
              </dt>
              <dd className="numeric">{money(attempt.amount)}</dd>
              {attempt.failure && <dd className="soft small">{attempt.failure}</dd>}
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
      {canBePaid(order) && order.paymentState === 'voided' && (
        <p className="small">
          The authorization ended and the customer was not charged. Cancel the order, or wait for another
          payment: the customer can pay again on the order page.
        </p>
      )}
      {canBePaid(order) && order.paymentMethod === 'stripe' && (
        <div className="apart">
          <CopyField id="payment-link" label="Payment link" value={paymentLink} />
        </div>
      )}
      {canBePaid(order) && (
        <div className="apart">
          <PaymentForm order={order} constraint={constraints.payment} />
        </div>
      )}
    </Panel>
  )
}

/** One payment, with what staff can do about a hold, or about an amount that differs. */
function PaymentRow({ payment, order }: { payment: Payment; order: OrderPage['order'] }) {
  const money = useMoney()
  const { status, amount, reference } = payment
  const isForeign = payment.currency !== order.currency
  return (
    <div>
      <dt>
        {statusLabels[status]} <DateTime at={payment.createdAt} />
      </dt>
      <dd className="numeric">
        {isForeign ? `${payment.currency} ${amount}` : money(amount)}
        {reference && `, ${reference}`}
      </dd>
      {status === 'review' && (
        <dd className="small">
          The amount differs from what was due, so the order isn’t paid. Accept the payment, or send it back.
        </dd>
      )}
      {status === 'authorized' && (
        <dd className="row-of-actions">
          <ActionForm to={urls.admin.capturePayment(order.id, payment.id)} look="button button--primary">
            Capture {money(Math.min(amount, amountDue(order)))}
          </ActionForm>
          <ActionForm to={urls.admin.voidPayment(order.id, payment.id)}>Void</ActionForm>
        </dd>
      )}
      {status === 'review' && !isForeign && (
        <dd className="row-of-actions">
          <ActionForm to={urls.admin.acceptPayment(order.id, payment.id)}>Accept payment</ActionForm>
          <ActionForm to={urls.admin.returnPayment(order.id, payment.id)}>Send back</ActionForm>
        </dd>
      )}
    </div>
  )
}
