import { deliveryDates } from '#app/components/delivery-dates.ts'
import type { Shopper } from '#app/domain/cart/cart.ts'
import { removeCode } from '#app/domain/cart/codes.server.ts'
import { getCheckout } from '#app/domain/checkout/checkout.server.ts'
import type { Checkout } from '#app/domain/checkout/checkout.ts'
import { codeMessage } from '#app/domain/promotions/code-message.ts'
import type { Settings } from '#app/domain/settings/settings.server.ts'
import { applyCounted } from './apply-code.server.ts'
import { formValues } from '#app/domain/shipping/address-form.server.ts'

type Typed = Record<'country' | 'region' | 'email' | 'vatNumber' | 'discountCode' | 'removeCode', string>

/** What totals and codes depend on, as typed: empty for a field that is absent or was sent twice. */
export function readTyped(payload: Record<string, unknown>): Typed {
  const textOf = (name: keyof Typed) => (typeof payload[name] === 'string' ? payload[name] : '')
  return {
    country: textOf('country'),
    region: textOf('region'),
    email: textOf('email'),
    vatNumber: textOf('vatNumber'),
    discountCode: textOf('discountCode'),
    removeCode: textOf('removeCode'),
  }
}

/** Applies the typed code or removes the named one; null when there is none. */
export async function changeCodes(shopper: Shopper, payload: Record<string, unknown>, ip: string) {
  const { removeCode: removed, discountCode: code } = readTyped(payload)
  if (removed) {
    await removeCode({ shopper, code: removed })
    return { errors: null }
  }
  if (!code) return null
  const result = await applyCounted({ shopper, code, now: new Date() }, ip)
  if (!result.ok) return { errors: { discountCode: [codeMessage(result, code)] } }
  delete payload.discountCode
  return { errors: null }
}

/** The totals for what is typed in the form; null when the cart is empty. */
export async function quoteForm(
  shopper: Shopper,
  settings: Settings,
  typed: { country?: string; region?: string; email?: string; vatNumber?: string },
) {
  const { email = '', vatNumber = '' } = typed
  const address = formValues({ country: typed.country ?? '', region: typed.region ?? '' })
  const form = { ...address, email, vatNumber }
  const checkout = await getCheckout({ shopper, settings, now: new Date(), form })
  return checkout && describeQuote(checkout, settings)
}

/** What the form shows of a checkout. */
export function describeQuote(checkout: Checkout, { locale }: Settings) {
  const { cart, promotions, payments, asksForVatNumber, totals, countries } = checkout
  const options = checkout.options.map((option) => ({ ...option, arrives: deliveryDates(option, locale) }))
  return { cart, promotions, payments, asksForVatNumber, totals, countries, options, quotedAt: Date.now() }
}
