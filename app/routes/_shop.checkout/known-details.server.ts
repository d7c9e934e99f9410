import { listAddresses } from '#app/domain/accounts/addresses.server.ts'
import { getProfile } from '#app/domain/accounts/profile.server.ts'
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
