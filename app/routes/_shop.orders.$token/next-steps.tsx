import { useMoney, useShop } from '#app/components/shop.ts'
import type { FulfilmentState, PaymentState } from '#app/domain/orders/orders.ts'

/** What the shopper has to do, or what the shop does next. */
export function NextSteps({
  receipt: { order, name, bankDetails },
}: {
  receipt: {
    name: string
    bankDetails: string
    order: {
      total: number
      paymentState: PaymentState
      fulfilmentState: FulfilmentState
      paymentMethod: 'bank-transfer' | 'cash-on-delivery'
    }
  }
}) {
  const money = useMoney()
  const shop = useShop()
  if (order.fulfilmentState === 'fulfilled') return null
  const isWaitingForMoney = order.paymentMethod === 'bank-transfer' && order.paymentState === 'unpaid'
  return (
    <section className="notice" aria-labelledby="next">
      <h2 id="next">What happens next</h2>
      {isWaitingForMoney ? (
        <>
          <p>
            Please transfer <strong className="numeric">{money(order.total)}</strong> with the reference{' '}
            <strong>{name}</strong>. We send your order once the money is here.
          </p>
          {bankDetails ? (
            <p className="receipt__bank" dir="auto">
              {bankDetails}
            </p>
          ) : (
            <p>
              Our bank details come by e-mail. Questions:{' '}
              <a href={`mailto:${shop?.contactEmail}`}>{shop?.contactEmail}</a>
            </p>
          )}
        </>
      ) : order.paymentMethod === 'cash-on-delivery' && order.paymentState === 'unpaid' ? (
        <p>
          We pack your order now. Please have <strong className="numeric">{money(order.total)}</strong> ready
          when it arrives.
        </p>
      ) : (
        <p>Your payment is here. We pack your order now and write to you when it leaves.</p>
      )}
    </section>
  )
}
