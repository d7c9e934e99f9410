import { Link } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { useMoney } from '#app/components/shop.ts'
import type { Cart } from '#app/domain/cart/cart.ts'
import type { PlaceOrderRefusal } from '#app/domain/checkout/checkout.ts'
import { urls } from '#app/urls.ts'

type Reason = Exclude<PlaceOrderRefusal, 'already-placed'>

const words = {
  'empty-cart': 'Your cart is empty.',
  'lines-unavailable': 'Part of your cart can no longer be ordered as it is.',
  'total-changed': 'The total has changed since you saw it. Nothing has been ordered yet.',
  'stale-form': 'This page was open in an older state. Nothing has been ordered yet.',
  'country-not-served': 'We do not deliver to this country.',
  'delivery-not-offered': 'This delivery is not offered any more. Please choose again.',
  'payment-not-offered': 'This way to pay is not offered any more. Please choose again.',
  'amount-too-large': 'This order is larger than we can take online. Please write to us.',
} satisfies Record<Reason, string>

/** Why no order was placed, what changed, and what to do. */
export function RefusalNotice({
  reason,
  shownTotal,
  checkout,
}: {
  reason: Reason
  shownTotal: string | undefined
  checkout: { cart: Cart; totals: { total: number } }
}) {
  const box = useRef<HTMLDivElement>(null)
  const money = useMoney()
  useEffect(() => box.current?.focus(), [reason, checkout])
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
          return `${name}: no longer sold`
      }
    }),
  )
  const before = shownTotal && /^\d{1,15}$/.test(shownTotal) ? Number(shownTotal) : null
  return (
    <div ref={box} className="notice notice--warn" role="alert" tabIndex={-1} autoFocus>
      <h2>{words[reason]}</h2>
      {changed.length > 0 && (
        <ul>
          {changed.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      {before !== null && before !== checkout.totals.total && (
        <p>
          Total: <s className="numeric">{money(before)}</s>{' '}
          <strong className="numeric">{money(checkout.totals.total)}</strong>
        </p>
      )}
      {!checkout.cart.isReady ? (
        <p>
          <Link to={urls.cart()}>Change your cart</Link>
        </p>
      ) : (
        reason === 'total-changed' && <p>If you agree, place the order with the new total below.</p>
      )}
    </div>
  )
}
