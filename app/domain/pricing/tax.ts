import { proportion, share } from './exact.ts'

/** `rate` in thousandths of a percent; `region` is null for a whole country. */
export type TaxRate = { country: string; region: string | null; taxClass: string; rate: number }

export type TaxRules = {
  /** Prices contain tax; otherwise it is added. */
  isIncluded: boolean
  rates: TaxRate[]
  /** Shipping is not taxed, taxed at the rates of the goods, or at the rate of a tax class. */
  shipping: { kind: 'none' } | { kind: 'goods' } | { kind: 'class'; taxClass: string }
}

export type TaxedLine = {
  taxClass: string
  requiresShipping: boolean
  quantity: number
  /** Price × quantity, before and after discounts. */
  subtotal: number
  total: number
}

/** Tax of one rate. `base` does not contain the tax. */
export type TaxTotal = { rate: number; base: number; tax: number }

export type Taxes = {
  /** In the order of the lines. */
  lines: { taxRate: number; tax: number }[]
  shippingTax: number
  /** Highest rate first; without the rate 0. */
  taxes: TaxTotal[]
  taxTotal: number
}

/** The tax class of products without one of their own. */
export const standardTaxClass = 'standard'

/** The tax class of a variant; one that is not taxed has a class without rates. */
export function taxClassOf({ taxable, taxClassId }: { taxable: boolean; taxClassId: number | null }): string {
  if (!taxable) return 'none'
  return taxClassId === null ? standardTaxClass : String(taxClassId)
}

/** The rate of a tax class: of the region if it has one of its own, else of the country, else 0. */
export function taxRateOf(
  rates: TaxRate[],
  place: { country: string; region: string },
  taxClass: string,
): number {
  const ofClass = rates.filter((rate) => rate.country === place.country && rate.taxClass === taxClass)
  const found =
    ofClass.find((rate) => rate.region !== null && rate.region === place.region) ??
    ofClass.find((rate) => rate.region === null)
  return found?.rate ?? 0
}

/**
 * The taxes of an order. What has one rate is added up and rounded half up once, then shared back by amount, shipping
 * last: rounding each line would charge a tax that no percentage explains. `shipping` is what is paid for it.
 */
export function calculateTaxes(
  rules: TaxRules,
  place: { country: string; region: string },
  lines: TaxedLine[],
  shipping: number,
): Taxes {
  const lineRates = lines.map((line) => taxRateOf(rules.rates, place, line.taxClass))
  const shippingParts = splitShipping(rules, place, lines, lineRates, shipping)
  const rates = [...new Set([...lineRates, ...shippingParts.keys()])]
    .filter((rate) => rate > 0)
    .sort((a, b) => b - a)
  const lineTaxes = lines.map((_, index) => ({ taxRate: lineRates[index]!, tax: 0 }))
  const taxes: TaxTotal[] = []
  let shippingTax = 0
  for (const rate of rates) {
    const indexes = lines.map((_, index) => index).filter((index) => lineRates[index] === rate)
    const amounts = [...indexes.map((index) => lines[index]!.total), shippingParts.get(rate) ?? 0]
    const sum = amounts.reduce((total, amount) => total + amount, 0)
    const tax = proportion(sum, rate, rules.isIncluded ? 100_000 + rate : 100_000)
    const parts = share(tax, amounts)
    indexes.forEach((index, position) => (lineTaxes[index]!.tax = parts[position]!))
    shippingTax += parts.at(-1)!
    taxes.push({ rate, base: rules.isIncluded ? sum - tax : sum, tax })
  }
  const taxTotal = taxes.reduce((sum, { tax }) => sum + tax, 0)
  return { lines: lineTaxes, shippingTax, taxes, taxTotal }
}

/** How much of the shipping is taxed at which rate. */
function splitShipping(
  rules: TaxRules,
  place: { country: string; region: string },
  lines: TaxedLine[],
  lineRates: number[],
  shipping: number,
): Map<number, number> {
  if (rules.shipping.kind === 'none') return new Map()
  if (rules.shipping.kind === 'class')
    return new Map([[taxRateOf(rules.rates, place, rules.shipping.taxClass), shipping]])
  const shipped = lines
    .map((line, index) => ({ ...line, rate: lineRates[index]! }))
    .filter((line) => line.requiresShipping)
  const rates = [...new Set(shipped.map(({ rate }) => rate))].sort((a, b) => b - a)
  const weightsBy = (amount: (line: TaxedLine) => number) =>
    rates.map((rate) => shipped.reduce((sum, line) => (line.rate === rate ? sum + amount(line) : sum), 0))
  const weights = [weightsBy((line) => line.total), weightsBy((line) => line.subtotal)].find((candidate) =>
    candidate.some((weight) => weight > 0),
  )
  const parts = share(shipping, weights ?? weightsBy((line) => line.quantity))
  return new Map(rates.map((rate, index) => [rate, parts[index]!]))
}

const countriesWithOtherPrefix: Record<string, string> = { GR: 'EL' }

/** EU members by ISO 3166 code. */
const euCountries = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
)

/** Whether the country is a member of the European Union. */
export const isInEu = (country: string): boolean => euCountries.has(country)

/**
 * A sale between businesses of two EU countries, for which the buyer owes the tax: the VAT number starts with the
 * prefix of the country it is delivered to. Whether the number exists is not checked.
 */
export function isReverseCharge(sale: { from: string; to: string; vatNumber: string }): boolean {
  const { from, to } = sale
  if (from === to || !isInEu(from) || !isInEu(to)) return false
  const number = sale.vatNumber.replace(/[\s.-]/g, '').toUpperCase()
  return number.startsWith(countriesWithOtherPrefix[to] ?? to) && /^[A-Z]{2}[A-Z0-9+*]{2,13}$/.test(number)
}
