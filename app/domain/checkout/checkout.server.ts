import { getCart } from '#app/domain/cart/get-cart.server.ts'
import type { Cart, Shopper } from '#app/domain/cart/cart.ts'
import { calculateTotals } from '#app/domain/pricing/totals.ts'
import { listPaymentMethods } from '#app/domain/payments/payments.ts'
import type { Settings } from '#app/domain/settings/settings.server.ts'
import { listShippingOptions } from '#app/domain/shipping/shipping.ts'
import type { Checkout } from './checkout.ts'

/** The shopper's checkout page; null when the cart is empty. */
export async function getCheckout(input: {
  shopper: Shopper | null
  settings: Settings
  now: Date
}): Promise<Checkout | null> {
  return buildCheckout(await getCart(input.shopper), input)
}

/** The same for a cart that was already read. */
export function buildCheckout(
  cart: Cart | null,
  { settings, now }: { settings: Settings; now: Date },
): Checkout | null {
  if (!cart || cart.lines.length === 0) return null
  const shippingOptions = listShippingOptions(settings, cart.lines, now)
  const sellable = cart.lines.flatMap((line) =>
    line.unitPrice !== null && line.buyable > 0 ? [{ ...line, unitPrice: line.unitPrice }] : [],
  )
  return {
    cart,
    shippingOptions,
    payments: listPaymentMethods(settings),
    countries: settings.shippingCountries,
    totals: calculateTotals(sellable, shippingOptions[0]!),
  }
}
