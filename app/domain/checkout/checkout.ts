import type { Cart } from '#app/domain/cart/cart.ts'
import type { Totals } from '#app/domain/cart/totals.ts'
import type { PaymentMethod } from '#app/domain/payments/payments.ts'
import type { DeliveryOption } from '#app/domain/shipping/shipping.ts'

/** Everything the checkout page shows. */
export type Checkout = {
  cart: Cart
  delivery: DeliveryOption[]
  payments: PaymentMethod[]
  /** ISO 3166 codes; empty means everywhere. */
  countries: string[]
  /** With the first delivery option. */
  totals: Totals
}

/** Why no order was placed. */
export type PlaceOrderRefusal =
  | 'empty-cart'
  /** A line is sold out, wants more than there is, or is no longer sold: the cart says which. */
  | 'lines-unavailable'
  /** The total is not the one the form showed. */
  | 'total-changed'
  /** The form is from before another order or cart; a fresh one has to be shown. */
  | 'stale-form'
  /** The form already became an order, with other contents. */
  | 'already-placed'
  /** More than an order can come to. */
  | 'amount-too-large'
  | 'country-not-served'
  | 'delivery-not-offered'
  | 'payment-not-offered'

export type PlaceOrderResult =
  | { ok: true; orderId: number; token: string; isNew: boolean }
  | { ok: false; reason: Exclude<PlaceOrderRefusal, 'already-placed'> }
  | { ok: false; reason: 'already-placed'; token: string }
