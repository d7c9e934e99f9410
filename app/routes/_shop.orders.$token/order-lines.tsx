import { ResponsiveImage } from '#app/components/responsive-image.tsx'
import type { OrderLine } from '#app/domain/orders/orders.server.ts'
import { WhyThisTotal } from '#app/components/checkout/totals-list.tsx'
import { describeStep } from '#app/domain/pricing/totals.ts'
import { useMoney } from '#app/components/shop.ts'
import type { PriceStep } from '#db/schema/orders.ts'

/** The items at the prices paid, and the price breakdown. */
export function OrderLines({
  receipt: { order, lines },
}: {
  receipt: { order: { currency: string; priceBreakdown: PriceStep[]; total: number }; lines: OrderLine[] }
}) {
  const money = useMoney()
  return (
    <section aria-labelledby="bought">
      <h2 id="bought">Your order</h2>
      <table className="receipt__table">
        <caption className="visually-hidden">Items and price breakdown</caption>
        <thead>
          <tr>
            <th scope="col">Product</th>
            <th scope="col" className="receipt__amount">
              Quantity
            </th>
            <th scope="col" className="receipt__amount receipt__each">
              Price
            </th>
            <th scope="col" className="receipt__amount">
              Total
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id}>
              <th scope="row">
                <span className="receipt__product">
                  <span className="mini-line__art picture-own no-print">
                    <ResponsiveImage
                      image={line.image && { ...line.image, alt: '' }}
                      seed={line.title}
                      sizes="4rem"
                      alt=""
                    />
                  </span>
                  <span dir="auto">
                    {line.title}
                    {line.variantTitle && (
                      <span className="soft small mini-line__variant">{line.variantTitle}</span>
                    )}
                    {line.sku && <span className="soft small mini-line__variant">{line.sku}</span>}
                  </span>
                </span>
              </th>
              <td className="receipt__amount">{line.quantity}</td>
              <td className="receipt__amount receipt__each">{money(line.unitPrice)}</td>
              <td className="receipt__amount">{money(line.unitPrice * line.quantity)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          {order.priceBreakdown
            .filter(({ kind }) => kind !== 'line')
            .map((step) => describeStep(step, money))
            .map((step, index) => (
              <tr key={index} className={step.isContained ? 'soft' : undefined}>
                <th scope="row" colSpan={2} dir="auto">
                  {step.label}
                </th>
                <td className="receipt__each" />
                <td className="receipt__amount">{step.amount}</td>
              </tr>
            ))}
          <tr className="receipt__total">
            <th scope="row" colSpan={2}>
              Total
            </th>
            <td className="receipt__each" />
            <td className="receipt__amount">{money(order.total)}</td>
          </tr>
        </tfoot>
      </table>
      <WhyThisTotal totals={order} />
    </section>
  )
}
