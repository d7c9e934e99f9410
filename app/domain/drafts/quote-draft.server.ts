import type { Cart, DraftOwner } from '#app/domain/cart/cart.ts'
import { buildCheckout } from '#app/domain/checkout/checkout.server.ts'
import type { Checkout, ShippingOption } from '#app/domain/checkout/checkout.ts'
import type { Totals } from '#app/domain/pricing/totals.ts'
import type { Settings } from '#app/domain/settings/settings.server.ts'
import { formValues } from '#app/domain/shipping/address-form.server.ts'

type Asked = {
  owner: DraftOwner
  settings: Settings
  now: Date
  /** By default, whether a provider of card payments is set up. */
  acceptsCards?: boolean
  form: { country: string; region: string; email: string; vatNumber: string; shippingMethod: string }
}

export type DraftQuote = Checkout & {
  /** The chosen shipping method, else the cheapest; null when nothing can be shipped to the address. */
  option: ShippingOption | null
  /** With that method. */
  totals: Totals
}

/** What a draft order costs now, by the rules of the checkout; null when it has no items. */
export async function quoteDraft(
  cart: Cart | null,
  { owner, settings, now, acceptsCards, form }: Asked,
): Promise<DraftQuote | null> {
  const { country, region } = formValues({ country: form.country, region: form.region })
  const checkout = await buildCheckout(cart, {
    ...{ shopper: owner, settings, now, acceptsCards },
    form: country ? { country, region, email: form.email, vatNumber: form.vatNumber } : undefined,
  })
  if (!checkout) return null
  const { options } = checkout
  const option = options.find(({ id }) => id === form.shippingMethod) ?? options[0] ?? null
  return { ...checkout, option, totals: option?.totals ?? checkout.totals }
}
