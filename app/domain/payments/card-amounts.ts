import type { Currency } from '#app/domain/money.ts'

/** Amounts of card payments: the provider's smallest unit of a currency can differ from the store's. */

/** Currencies whose smallest unit at the provider is not a hundredth. */
const providerDigits: [digits: number, codes: string][] = [
  [0, 'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'],
  [3, 'BHD JOD KWD OMR TND'],
]

/** Not accepted: the provider's documentation contradicts itself, or does not know the currency. */
const unsupported = 'UGX CLF UYI UYW IQD LYD KPW CUP IRR SDG SYP VED'.split(' ')

function digitsAtProvider(currency: string): number {
  return providerDigits.find(([, codes]) => codes.includes(currency))?.[0] ?? 2
}

/** The amount in the provider's unit; null where the provider cannot charge it exactly. */
export function toProviderAmount(amount: number, { currency, currencyDigits }: Currency): number | null {
  if (unsupported.includes(currency)) return null
  const digits = digitsAtProvider(currency)
  const exact = amount * 10 ** Math.max(0, digits - currencyDigits)
  const shared = exact / 10 ** Math.max(0, currencyDigits - digits)
  if (!Number.isSafeInteger(shared)) return null
  // Of three decimal digits the last has to be 0.
  return digits === 3 && shared % 10 !== 0 ? null : shared
}

/** Whether the provider can charge each of the totals; 0 is not charged at all. */
export function canBeCharged(totals: number[], currency: Currency): boolean {
  return totals.every((total) => toProviderAmount(total, currency) !== null)
}

/** Minor units of the store for an amount of the provider. */
export function fromProviderAmount(amount: number, { currency, currencyDigits }: Currency): number {
  const digits = digitsAtProvider(currency)
  return Math.round(
    (amount * 10 ** Math.max(0, currencyDigits - digits)) / 10 ** Math.max(0, digits - currencyDigits),
  )
}
