import { formatCount } from '#app/domain/intl.ts'
import { addressFormat, findState } from './address-formats.server.ts'
import { countryCodes, countryName, listCountries } from './countries.ts'

/** A country, or one region of it in the form in which addresses store it; an empty region is the whole country. */
export type Place = { country: string; region: string }

/** A country as a form offers it; `regions` only where addresses choose theirs from a list. */
export type PlaceChoice = { code: string; name: string; regions: { value: string; name: string }[] }

/** The place in one text, as forms send it: "DE", "US-CA". */
export function placeKey({ country, region }: Place): string {
  return region === '' ? country : `${country}-${region}`
}

/** The place of such a text; null when it is none. */
export function readPlace(key: string): Place | null {
  const [country, region] = [key.slice(0, 2), key.slice(3)]
  if (!countryCodes.includes(country)) return null
  if (key.length === 2) return { country, region: '' }
  const isRegion = key[2] === '-' && addressFormat(country).states?.some(([value]) => value === region)
  return isRegion ? { country, region } : null
}

/**
 * A region as typed ("ca", "California") as addresses store it ("CA"). Null when the country has no such region, or no
 * list of regions to compare addresses with.
 */
export function readRegion(country: string, typed: string): string | null {
  if (typed === '') return ''
  return findState(addressFormat(country), typed)?.[0] ?? null
}

/** A region's name; nothing for a whole country. */
export function regionName({ country, region }: Place): string {
  return findState(addressFormat(country), region)?.[1] ?? region
}

/** "California, United States", "Germany". */
export function placeName(place: Place): string {
  const country = countryName(place.country, 'en')
  return place.region === '' ? country : `${regionName(place)}, ${country}`
}

/** All countries by name, with their regions. */
export function listPlaceChoices(): PlaceChoice[] {
  return listCountries([], 'en').map(({ code, name }) => ({
    ...{ code, name },
    regions: (addressFormat(code).states ?? []).map(([value, label]) => ({ value: value!, name: label! })),
  }))
}

/** "Austria, Germany, United States (California, Texas) and 3 more countries". */
export function describePlaces(places: Place[], most = 12): string {
  const codes = [...new Set(places.map(({ country }) => country))]
  const named = codes
    .map((code) => {
      const regions = places.filter(({ country, region }) => country === code && region !== '')
      const names = regions.slice(0, most).map(regionName)
      if (regions.length > most) names.push(`${regions.length - most} more`)
      const name = countryName(code, 'en')
      return regions.length > 0 ? `${name} (${names.join(', ')})` : name
    })
    .sort((a, b) => a.localeCompare(b, 'en'))
  const rest = named.length - most
  if (rest <= 0) return named.join(', ')
  return `${named.slice(0, most).join(', ')} and ${formatCount(rest, 'more country', 'more countries')}`
}

/** The regions of a country that a form suggests. */
export function listRegions(country: string): { value: string; label: string }[] {
  return (addressFormat(country).states ?? []).map(([value, label]) => ({ value: value!, label: label! }))
}

/** The countries of a select; `ask` is the text of an empty choice. */
export function listCountryChoices(ask?: string): { value: string; label: string }[] {
  const countries = listCountries([], 'en').map(({ code, name }) => ({ value: code, label: name }))
  return ask === undefined ? countries : [{ value: '', label: ask }, ...countries]
}
