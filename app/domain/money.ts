/** Money is integer minor units (cents) of the shop's one currency. Rounding happens in this file alone. */

export type MoneyFormat = { currency: string; locale: string }

/** Largest amount of money that the database accepts, in minor units. */
export const maxAmount = 1_000_000_000_000

const formatters = new Map<string, Intl.NumberFormat>()

/** Digits behind the decimal point that the currency uses: 2 for EUR, 0 for JPY, 3 for KWD (ISO 4217 through Intl). */
export function minorDigits(currency: string): number {
  return formatter({ currency, locale: 'en' }).resolvedOptions().maximumFractionDigits ?? 2
}

/** Minor units as a shopper reads them: 4210 -> "€42.10". */
export function formatMoney(amount: number, format: MoneyFormat): string {
  return formatter(format).format(amount / 10 ** minorDigits(format.currency))
}

/** Minor units as a plain decimal for a form field or a CSV cell: 4210 -> "42.10". */
export function toDecimal(amount: number, currency: string): string {
  const digits = minorDigits(currency)
  const sign = amount < 0 ? '-' : ''
  const padded = String(Math.abs(amount)).padStart(digits + 1, '0')
  return digits === 0 ? sign + padded : `${sign}${padded.slice(0, -digits)}.${padded.slice(-digits)}`
}

/**
 * Reads a typed decimal ("42.1", "42,10", "1 234.50") as minor units; null when it is not an amount.
 * Digits beyond the currency's are rounded half up, because real catalogues hold "19.999".
 */
export function parseDecimal(typed: string, currency: string): number | null {
  const digits = minorDigits(currency)
  const text = typed.replace(/[\s'\u00a0\u202f]/g, '')
  const match =
    /^(\d{1,13})(?:[.,](\d{1,10}))?$/.exec(text) ?? /^(\d{1,3}(?:,\d{3})+)(?:\.(\d{1,10}))?$/.exec(text)
  if (!match) return null
  const whole = match[1]!.replaceAll(',', '')
  const fraction = (match[2] ?? '').padEnd(digits + 1, '0')
  const kept = BigInt(whole + fraction.slice(0, digits))
  const amount = Number(fraction[digits]! >= '5' ? kept + 1n : kept)
  return amount <= maxAmount ? amount : null
}

function formatter({ currency, locale }: MoneyFormat): Intl.NumberFormat {
  const key = `${locale} ${currency}`
  let found = formatters.get(key)
  if (!found) {
    found = new Intl.NumberFormat(locale, { style: 'currency', currency })
    formatters.set(key, found)
  }
  return found
}
