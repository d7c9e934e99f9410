import { getCart } from '#app/domain/cart/get-cart.server.ts'
import type { Cart, Shopper } from '#app/domain/cart/cart.ts'
import { totalsOf } from '#app/domain/cart/totals.ts'
import { listPaymentMethods } from '#app/domain/payments/payments.ts'
import type { Settings } from '#app/domain/settings/settings.server.ts'
import { listDeliveryOptions } from '#app/domain/shipping/shipping.ts'
import type { Checkout } from './checkout.ts'

/** What the shopper's checkout page shows; null when there is nothing in the cart. */
export async function getCheckout(input: {
  shopper: Shopper | null
  settings: Settings
  now: Date
}): Promise<Checkout | null> {
  return checkoutOf(await getCart(input.shopper), input)
}

/** The same for a cart that was read already. */
export function checkoutOf(
  cart: Cart | null,
  { settings, now }: { settings: Settings; now: Date },
): Checkout | null {
  if (!cart || cart.lines.length === 0) return null
  const delivery = listDeliveryOptions(settings, cart.lines, now)
  const sellable = cart.lines.flatMap((line) =>
    line.unitPrice !== null && line.buyable > 0 ? [{ ...line, unitPrice: line.unitPrice }] : [],
  )
  return {
    cart,
    delivery,
    payments: listPaymentMethods(settings),
    countries: settings.shippingCountries,
    totals: totalsOf(sellable, delivery[0]!),
  }
}
