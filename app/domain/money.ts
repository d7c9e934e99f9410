/**
 * Money is integer minor units (cents) of the store's one currency. Typed amounts are rounded here, shares and
 * percentages in pricing/exact.ts.
 */

import { moneyFormat } from './intl.ts'

/** A currency and its decimal digits, which the store keeps from when it chose the currency. */
export type Currency = { currency: string; currencyDigits: number }

export type MoneyFormat = Currency & { locale: string }

/** Largest amount of money that the database accepts, in minor units. */
export const maxAmount = 1_000_000_000_000

/** Currencies of ISO 4217 whose smallest unit is not a hundredth. */
const otherDigits: [digits: number, codes: string][] = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
]

/**
 * Decimal digits of a currency by ISO 4217: 2 for EUR, 0 for JPY, 3 for KWD. For a store that chooses its currency; its
 * amounts then keep the digits that were stored. Intl cannot tell: for HUF, IDR and others it has the digits that are
 * commonly written, and they differ between versions.
 */
export function isoDigits(currency: string): number {
  return otherDigits.find(([, codes]) => codes.includes(currency))?.[0] ?? 2
}

/** Formats minor units for display: 4210 -> "€42.10". */
export function formatMoney(amount: number, format: MoneyFormat): string {
  const { locale, currency, currencyDigits } = format
  return moneyFormat(locale, { currency, currencyDigits }).format(amount / 10 ** currencyDigits)
}

/** Minor units as a plain decimal for a form field or a CSV cell: 4210 -> "42.10". */
export function toDecimal(amount: number, { currencyDigits: places }: Currency): string {
  const sign = amount < 0 ? '-' : ''
  const padded = String(Math.abs(amount)).padStart(places + 1, '0')
  return places === 0 ? sign + padded : `${sign}${padded.slice(0, -places)}.${padded.slice(-places)}`
}

/**
 * Parses a typed decimal ("42.1", "42,10", "1 234.50", "1,234") into minor units; null when it is not an amount. More
 * digits than the currency has are refused, because "1.234" may mean 1234; real catalog files hold "19.999", so for
 * those `round` rounds half up.
 */
export function parseDecimal(
  typed: string,
  { currencyDigits: places }: Currency,
  { round = false } = {},
): number | null {
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
