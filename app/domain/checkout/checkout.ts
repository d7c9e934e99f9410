import type { Cart } from '#app/domain/cart/cart.ts'
import type { PaymentMethod } from '#app/domain/payments/payments.ts'
import type { CartPromotions } from '#app/domain/pricing/cart-promotions.ts'
import type { Totals } from '#app/domain/pricing/totals.ts'
import type { Destination } from '#app/domain/shipping/shipping.ts'

/** A way to get the order, and the totals with it. */
export type ShippingOption = {
  id: string
  label: string
  /** What is paid for it, in minor units. */
  rate: number
  isPickup: boolean
  /** Expected delivery dates, as ISO dates in the shop's time zone; null when nothing is shipped. */
  earliest: string | null
  latest: string | null
  totals: Totals
}

/** Everything that the cart and the checkout page show. */
export type Checkout = {
  cart: Cart
  promotions: CartPromotions
  destination: Destination
  /** Cheapest first, pickup last. Empty: the shop does not ship this there. */
  options: ShippingOption[]
  /** With the first shipping option; without shipping when there is none. */
  totals: Totals
  payments: PaymentMethod[]
  /** ISO 3166 codes; empty means everywhere. */
  countries: string[]
  asksForVatNumber: boolean
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
