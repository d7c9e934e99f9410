/** Reads numbers as people and spreadsheets write them: "1.234,50", "1 234.50", "CHF 12.-". */
import { moneyFormat } from '#app/domain/intl.ts'

type Role = 'decimal' | 'grouping' | null

/** What one point or one comma in front of exactly three digits means; null: unknown, so such numbers are refused. */
export type NumberNotation = { point: Role; comma: Role }

export type PlainNumber =
  { ok: true; plain: string } | { ok: false; reason: 'not-a-number' } | { ok: false; reason: 'ambiguous' }

const notANumber = { ok: false, reason: 'not-a-number' } as const

/** Groups of three digits; Indian ones have two. */
const grouped = { '.': /^\d{1,3}(\.\d{2,3})*\.\d{3}$/, ',': /^\d{1,3}(,\d{2,3})*,\d{3}$/ }

/** "1.234,50" -> "1234.50". Only a number that can be read two ways needs the notation of its file. */
export function toPlainNumber(text: string, notation: NumberNotation): PlainNumber {
  // A space or an apostrophe in front of three digits can only separate thousands.
  const compact = text.replace(/(?<=\d)[\s'’](?=\d{3}(?!\d))/g, '')
  if (/^\d+$/.test(compact)) return { ok: true, plain: compact }
  const at = Math.max(compact.lastIndexOf('.'), compact.lastIndexOf(','))
  const [whole, fraction] = [compact.slice(0, at), compact.slice(at + 1)]
  if (at < 1 || !/^[\d.,]+$/.test(compact) || !/^\d{1,10}$/.test(fraction)) return notANumber
  const separator = compact[at] as '.' | ','
  if (/^\d+$/.test(whole)) {
    if (fraction.length !== 3 || whole.length > 3 || whole.startsWith('0'))
      return { ok: true, plain: `${whole}.${fraction}` }
    const role = notation[separator === '.' ? 'point' : 'comma']
    if (role === null) return { ok: false, reason: 'ambiguous' }
    return { ok: true, plain: role === 'grouping' ? whole + fraction : `${whole}.${fraction}` }
  }
  if (grouped[separator].test(compact)) return { ok: true, plain: compact.replaceAll(separator, '') }
  const other = separator === '.' ? ',' : '.'
  if (!grouped[other].test(whole)) return notANumber
  return { ok: true, plain: `${whole.replaceAll(other, '')}.${fraction}` }
}

/** The decimal separator that a number shows without doubt; null when it has none, or could be read two ways. */
function decimalOf(text: string): '.' | ',' | null {
  const { number } = splitCurrency(text)
  if (!toPlainNumber(number, { point: null, comma: null }).ok) return null
  const [, separator, decimals] = /([.,])(\d+)$/.exec(number) ?? []
  if (separator === undefined || number.split(separator).length > 2) return null
  const other = separator === '.' ? ',' : '.'
  return decimals!.length === 3 && !number.includes(other) ? null : (separator as '.' | ',')
}

/**
 * The notation of a file, from prices at its beginning; where they do not show it, from its separator and the shop's
 * locale. Returns one of the prices as the example.
 */
export function detectNotation(
  prices: string[],
  { separator, locale }: { separator: string; locale: string },
): { numbers: NumberNotation; price: string } {
  const withPoint = prices.filter((price) => decimalOf(price) === '.')
  const withComma = prices.filter((price) => decimalOf(price) === ',')
  const longest = (list: string[]) => list.reduce((a, b) => (b.length > a.length ? b : a), '')
  if (withPoint.length > 0 && withComma.length > 0)
    return {
      numbers: { point: null, comma: null },
      price: `${longest(withPoint)} and ${longest(withComma)}`,
    }
  const price = longest(withPoint) || longest(withComma) || longest(prices)
  if (withPoint.length > 0) return { numbers: { point: 'decimal', comma: 'grouping' }, price }
  if (withComma.length > 0) return { numbers: { point: 'grouping', comma: 'decimal' }, price }
  const decimal = decimalIn(locale)
  return {
    numbers: {
      // A file with commas as separators comes from a program, which writes a point.
      point: separator === ',' ? 'decimal' : decimal === ',' ? 'grouping' : null,
      comma: decimal === '.' ? 'grouping' : null,
    },
    price,
  }
}

function decimalIn(locale: string): string | null {
  if (locale === '') return null
  return (
    moneyFormat(locale, { currency: 'EUR', currencyDigits: 2 })
      .formatToParts(1.5)
      .find(({ type }) => type === 'decimal')?.value ?? null
  )
}

const symbol = String.raw`[A-Z]{1,3}\p{Sc}|\p{Sc}|[A-Z]{3}|S?Fr\.?|kr\.?|zł|Kč|Ft|lei|лв\.?|Rs\.?|Rp|R`
const inFront = new RegExp(String.raw`^(${symbol})\s*(?=\d)`, 'iu')
const behind = new RegExp(String.raw`(?<=[\d.,–—-])\s*(${symbol})$`, 'iu')

/** "CHF 12.-" -> "12" and "CHF"; the currency is '' when there is none. */
export function splitCurrency(text: string): { number: string; currency: string } {
  const currency = (inFront.exec(text) ?? behind.exec(text))?.[1] ?? ''
  const number = text.replace(inFront, '').replace(behind, '')
  if (number === '' || (/^[a-z]{3}$/i.test(currency) && !isCurrencyCode(currency)))
    return { number: text, currency: '' }
  return { number: number.replace(/[.,]\s?[-–—]{1,2}$/, ''), currency }
}

/** Whether a code or symbol in a file can mean this currency. */
export function canMean(typed: string, currency: string, locale: string): boolean {
  const symbolOf = (currencyDisplay: 'symbol' | 'narrowSymbol') =>
    new Intl.NumberFormat(locale || 'en', { style: 'currency', currency, currencyDisplay })
      .formatToParts(1)
      .find(({ type }) => type === 'currency')!.value
  const narrow = symbolOf('narrowSymbol')
  const known = [currency, symbolOf('symbol'), narrow, currency.slice(0, 2) + narrow]
  if (currency === 'CHF') known.push('Fr', 'SFr')
  const plain = (text: string) => text.toLowerCase().replace(/\.$/, '')
  return known.some((each) => plain(each) === plain(typed))
}

const codes = new Set(Intl.supportedValuesOf('currency'))
const isCurrencyCode = (text: string) => codes.has(text.toUpperCase())
