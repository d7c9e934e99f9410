import { getCart } from '#app/domain/cart/cart.server.ts'
import type { Shopper } from '#app/domain/cart/cart.ts'
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
  const cart = await getCart(input.shopper)
  if (!cart || cart.lines.length === 0) return null
  const delivery = listDeliveryOptions(input.settings, cart.lines, input.now)
  const sellable = cart.lines.flatMap((line) =>
    line.unitPrice !== null && line.buyable > 0 ? [{ ...line, unitPrice: line.unitPrice }] : [],
  )
  return {
    cart,
    delivery,
    payments: listPaymentMethods(input.settings),
    countries: input.settings.shippingCountries,
    totals: totalsOf(sellable, delivery[0]!),
  }
}
