import { checkoutSchema } from '#app/domain/checkout/checkout.schema.ts'
import type { Address } from '#app/domain/shipping/address.ts'

/** What staff know of the order, as the form of the checkout: it lacks what the customer would have to type. */
export function toCheckoutForm(
  details: Address & { email: string; phone: string; vatNumber: string },
  chosen: { checkoutKey: string; shownTotal: number; shippingMethod: string; payment: string },
) {
  return checkoutSchema.safeParse({ ...details, ...chosen, shownTotal: String(chosen.shownTotal) })
}
