import type { PriceIssues } from '#app/domain/products/price-issues.ts'

/** What shoppers see of variants without a price and of free ones, in sentences; empty when there are none. */
export function describePriceIssues({ missing, free }: PriceIssues, isSingle: boolean): string {
  const subject = (count: number) => (count === 1 ? '1 variant' : `${count} variants`)
  const has = (count: number) => (count === 1 ? 'has' : 'have')
  return [
    missing > 0 &&
      `${isSingle ? 'This product has' : `${subject(missing)} ${has(missing)}`} no price: shoppers see “Price on request” and can’t buy ${isSingle || missing === 1 ? 'it' : 'them'}.`,
    free > 0 &&
      `${isSingle ? 'This product has' : `${subject(free)} ${has(free)}`} a price of 0: shoppers get ${isSingle || free === 1 ? 'it' : 'them'} for free.`,
  ]
    .filter(Boolean)
    .join(' ')
}
