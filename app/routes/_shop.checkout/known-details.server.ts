import { listAddresses } from '#app/domain/accounts/addresses.server.ts'
import { getProfile } from '#app/domain/accounts/profile.server.ts'
import { getCartContact, saveCartConsent } from '#app/domain/cart/cart-consent.server.ts'
import type { Cart, Shopper } from '#app/domain/cart/cart.ts'
import { hasConsent } from '#app/domain/consents/consents.server.ts'
import { consentText } from '#app/domain/consents/consents.ts'
import { email } from '#app/domain/fields.ts'
import { consumeRateLimit } from '#app/domain/rate-limits/rate-limits.server.ts'
import type { Settings } from '#app/domain/settings/settings.server.ts'
import { formValues } from '#app/domain/shipping/address-form.server.ts'
import type { Country } from '#app/domain/shipping/countries.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'

/**
 * Details of a signed-in customer: name and email, the addresses the store ships to, and the selected one, by default
 * the first. Another customer's address is a 404.
 */
export async function getKnown(
  userId: number | undefined,
  countries: readonly Country[],
  chosen: string | null,
) {
  if (userId === undefined) return null
  const [profile, book] = await Promise.all([getProfile(userId), listAddresses(userId)])
  const addresses = book.filter(({ country }) => countries.some(({ code }) => code === country))
  const address =
    chosen === null ? addresses[0] : orNotFound(addresses.find(({ id }) => String(id) === chosen))
  return {
    profile: orNotFound(profile),
    addresses,
    address: address ? formValues(address) : null,
    keepsAddress: true,
  }
}

/**
 * The checkbox for marketing emails. A guest who checked it at this cart's checkout finds it as they left it, with their
 * address. Null for a customer who agreed before.
 */
export async function readConsent(shopper: Shopper, { hasConsent: isGiven }: Cart, { shopName }: Settings) {
  const text = consentText(shopName)
  if (shopper.userId === null) return { text, email: (isGiven && (await getCartContact(shopper))) || '' }
  const profile = await getProfile(shopper.userId)
  return profile && (await hasConsent(profile.email)) ? null : { text, email: '' }
}

/** Stores what a guest chose in a form that places no order: the address, only with consent to marketing emails. */
export async function saveConsent(
  shopper: Shopper,
  typed: Record<string, unknown>,
  { settings, ip }: { settings: Settings; ip: string },
): Promise<void> {
  if (shopper.userId !== null) return
  const isGiven = typed.acceptsMarketing === 'on'
  const address = email().safeParse(typed.email)
  if (isGiven ? !address.success : (await getCartContact(shopper)) === null) return
  if (isGiven && !(await consumeRateLimit('consent', ip)).ok) return
  const choice = { email: address.data ?? '', isGiven, text: consentText(settings.shopName) }
  await saveCartConsent({ shopper, choice })
}
