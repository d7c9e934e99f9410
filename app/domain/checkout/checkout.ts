import type { Cart } from '#app/domain/cart/cart.ts'
import type { Totals } from '#app/domain/pricing/totals.ts'
import type { PaymentMethod } from '#app/domain/payments/payments.ts'
import type { ShippingOption } from '#app/domain/shipping/shipping.ts'

/** Everything that the checkout page shows. */
export type Checkout = {
  cart: Cart
  shippingOptions: ShippingOption[]
  payments: PaymentMethod[]
  /** ISO 3166 codes; empty means everywhere. */
  countries: string[]
  /** With the first shipping option. */
  totals: Totals
}

/** Why no order was placed. */
export type PlaceOrderRefusal =
  | 'empty-cart'
  /** A line is sold out, exceeds the stock, or is no longer sold: the cart says which. */
  | 'lines-unavailable'
  /** The total differs from the one the form showed. */
  | 'total-changed'
  /** The form belongs to an earlier order or cart; a new one must be shown. */
  | 'stale-form'
  /** The form was already submitted as an order, with other contents. */
  | 'already-placed'
  /** Exceeds the maximum order amount. */
  | 'amount-too-large'
  | 'country-not-served'
  | 'shipping-not-offered'
  | 'payment-not-offered'

export type PlaceOrderResult =
  | { ok: true; orderId: number; token: string; isNew: boolean }
  | { ok: false; reason: Exclude<PlaceOrderRefusal, 'already-placed'> }
  | { ok: false; reason: 'already-placed'; token: string }
