import { Link } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { useMoney, useShop } from '#app/components/shop.ts'
import type { Cart } from '#app/domain/cart/cart.ts'
import type { CartPromotions } from '#app/domain/pricing/cart-promotions.ts'
import type { PlaceOrderRefusal } from '#app/domain/checkout/checkout.ts'
import { refusalText } from '#app/domain/pricing/refusal-text.ts'
import { urls } from '#app/urls.ts'

type Reason = Exclude<PlaceOrderRefusal, 'already-placed'>

const refusalMessages = {
  'empty-cart': 'Your cart is empty.',
  'lines-unavailable': 'Some items in your cart are no longer available.',
  'total-changed': 'The total has changed. Your order has not been placed yet.',
  'stale-form': 'This page is out of date. Your order has not been placed yet.',
  'country-not-served': 'We don’t ship to this country.',
  'shipping-not-offered': 'This shipping method is no longer available. Choose another one.',
  'payment-not-offered': 'This payment method is no longer available. Choose another one.',
  'amount-too-large': 'This order is too large to place online. Please contact us.',
} satisfies Record<Reason, string>

/** Of an order that staff prepared. */
const draftMessages = {
  ...refusalMessages,
  'empty-cart': 'This order has no items.',
  'lines-unavailable': 'Some items are no longer available.',
  'stale-form': 'We have changed this order. It has not been placed yet: please check it again.',
}

/** Why no order was placed, what changed, and what to do. */
export function RefusalNotice({
  reason,
  isDraft,
  shownTotal,
  checkout,
  total,
}: {
  reason: Reason
  isDraft: boolean
  shownTotal: string | undefined
  checkout: { cart: Cart; promotions: CartPromotions }
  total: number
}) {
  const box = useRef<HTMLDivElement>(null)
  const money = useMoney()
  const shop = useShop()
  useEffect(() => box.current?.focus(), [reason, checkout])
  const dropped = checkout.promotions.refused
    .filter(({ code }) => code !== null)
    .map((refused) => refusalText(refused, money))
  const changed = checkout.cart.lines.flatMap((line) =>
    line.notices.map((notice) => {
      const name = line.variantTitle ? `${line.title}, ${line.variantTitle}` : line.title
      switch (notice.kind) {
        case 'price-rose':
        case 'price-fell':
          return `${name}: now ${money(notice.to)} instead of ${money(notice.from)}`
        case 'sold-out':
          return `${name}: sold out`
        case 'fewer-left':
          return `${name}: only ${notice.left} left`
        case 'no-longer-sold':
          return `${name}: no longer available`
      }
    }),
  )
  const before = shownTotal && /^\d{1,15}$/.test(shownTotal) ? Number(shownTotal) : null
  return (
    <div ref={box} className="notice notice--warn" role="alert" tabIndex={-1} autoFocus>
      <h2>{(isDraft ? draftMessages : refusalMessages)[reason]}</h2>
      {changed.length + dropped.length > 0 && (
        <ul>
          {[...changed, ...dropped].map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      {before !== null && before !== total && (
        <p>
          Total: <s className="numeric">{money(before)}</s>{' '}
          <strong className="numeric">{money(total)}</strong>
        </p>
      )}
      {!checkout.cart.isReady ? (
        <p>
          {isDraft ? (
            <>
              Please write to <a href={`mailto:${shop?.contactEmail}`}>{shop?.contactEmail}</a>, and we will
              change the order.
            </>
          ) : (
            <Link to={urls.cart()}>Edit cart</Link>
          )}
        </p>
      ) : (
        reason === 'total-changed' && <p>Place your order to accept the new total.</p>
      )}
    </div>
  )
}
