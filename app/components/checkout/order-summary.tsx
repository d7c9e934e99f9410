import { Link } from '@remix-run/react'
import { TotalsList } from '#app/components/checkout/totals-list.tsx'
import { BagIcon } from '#app/components/icons.tsx'
import { ResponsiveImage } from '#app/components/responsive-image.tsx'
import { useMoney } from '#app/components/shop.ts'
import type { Cart } from '#app/domain/cart/cart.ts'
import type { Totals } from '#app/domain/pricing/totals.ts'
import { urls } from '#app/urls.ts'

type Summed = {
  cart: Cart
  totals: Totals
  /** The items are fixed. */
  isDraft: boolean
}

/** Above the form on a phone: the total, and the order when it is opened. */
export function FoldedOrderSummary(summed: Summed) {
  const money = useMoney()
  return (
    <details className="checkout__fold">
      <summary>
        <BagIcon />
        <span className="checkout__fold-title">Your order</span>
        <span className="numeric checkout__fold-total">{money(summed.totals.total)}</span>
      </summary>
      <Content {...summed} />
    </details>
  )
}

/** Next to the form on wide screens. */
export function OrderSummary(summed: Summed) {
  return (
    <aside className="summary checkout__aside" aria-label="Your order">
      <h2>Your order</h2>
      <Content {...summed} />
    </aside>
  )
}

function Content({ cart, totals, isDraft }: Summed) {
  const money = useMoney()
  return (
    <>
      <ul role="list" className="mini-lines">
        {cart.lines.map((line) => (
          <li key={line.variantId} className="mini-line">
            <span className="mini-line__art picture-own">
              <ResponsiveImage image={line.image} seed={line.title} sizes="4rem" alt="" />
            </span>
            <span dir="auto">
              {line.quantity} × {line.title}
              {line.variantTitle && (
                <span className="soft small mini-line__variant">{line.variantTitle}</span>
              )}
            </span>
            <span className="numeric">{line.unitPrice === null ? '–' : money(line.lineTotal)}</span>
          </li>
        ))}
      </ul>
      <TotalsList totals={totals} />
      {!isDraft && (
        <p className="small">
          <Link to={urls.cart()}>Edit cart</Link>
        </p>
      )}
    </>
  )
}
