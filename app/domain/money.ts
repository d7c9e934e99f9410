/** Money is integer minor units (cents) of the shop's one currency. Rounding happens in this file alone. */

import { moneyFormat } from './intl.ts'

export type MoneyFormat = { currency: string; locale: string }

/** Largest amount of money that the database accepts, in minor units. */
export const maxAmount = 1_000_000_000_000

const digits = new Map<string, number>()

/** Decimal digits of the currency: 2 for EUR, 0 for JPY, 3 for KWD (ISO 4217 through Intl). */
export function minorDigits(currency: string): number {
  let found = digits.get(currency)
  if (found === undefined) {
    found = moneyFormat('en', currency).resolvedOptions().maximumFractionDigits ?? 2
    digits.set(currency, found)
  }
  return found
}

/** Formats minor units for display: 4210 -> "€42.10". */
export function formatMoney(amount: number, format: MoneyFormat): string {
  const { locale, currency } = format
  return moneyFormat(locale, currency).format(amount / 10 ** minorDigits(currency))
}

/** Minor units as a plain decimal for a form field or a CSV cell: 4210 -> "42.10". */
export function toDecimal(amount: number, currency: string): string {
  const places = minorDigits(currency)
  const sign = amount < 0 ? '-' : ''
  const padded = String(Math.abs(amount)).padStart(places + 1, '0')
  return places === 0 ? sign + padded : `${sign}${padded.slice(0, -places)}.${padded.slice(-places)}`
}

/**
 * Parses a typed decimal ("42.1", "42,10", "1 234.50", "1,234") into minor units; null when it is not an amount. More
 * digits than the currency has are refused, because "1.234" may mean 1234; real catalog files hold "19.999", so for
 * those `round` rounds half up.
 */
export function parseDecimal(typed: string, currency: string, { round = false } = {}): number | null {
  const places = minorDigits(currency)
  const text = typed.replace(/[\s'\u00a0\u202f]/g, '')
  const grouped = /^(\d{1,3}(?:,\d{3})+)(?:\.(\d{1,10}))?$/.exec(text)
  const isGrouped = grouped !== null && (places !== 3 || grouped[2] !== undefined || grouped[1]!.length > 7)
  const match = isGrouped ? grouped : /^(\d{1,13})(?:[.,](\d{1,10}))?$/.exec(text)
  if (!match) return null
  const whole = match[1]!.replaceAll(',', '')
  const given = match[2] ?? ''
  if (given.length > places && !round) return null
  const fraction = given.padEnd(places + 1, '0')
  const keptDigits = BigInt(whole + fraction.slice(0, places))
  const amount = Number(fraction[places]! >= '5' ? keptDigits + 1n : keptDigits)
  return amount <= maxAmount ? amount : null
}
