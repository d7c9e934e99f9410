import { isAmong, type BuyXGetY, type OfferLine } from './promotion.ts'

type SetLine = OfferLine & {
  /** Units that are in no set of another promotion. */
  free: number
}

/** Units of a line by the index of the line. */
type Units = number[]

/**
 * Forms as many whole sets as the free units allow. The cheapest units that can be got are discounted; the dearest
 * others count as bought. Units with a price of 0 do not count. Returns null without a complete set.
 */
export function formSets(promotion: BuyXGetY, lines: SetLine[]): { got: Units; bought: Units } | null {
  const { buy, get, maxSets } = promotion
  const counted = lines.map((line) => (line.unitPrice > 0 ? line.free : 0))
  const canBuy = lines.map((line) => isAmong(buy.items, line))
  const canGet = lines.map((line) => isAmong(get.items, line))
  const sumOf = (test: (index: number) => boolean) =>
    counted.reduce((sum, units, index) => (test(index) ? sum + units : sum), 0)
  const buyOnly = sumOf((index) => canBuy[index]! && !canGet[index])
  const getOnly = sumOf((index) => canGet[index]! && !canBuy[index])
  const both = sumOf((index) => canBuy[index]! && canGet[index]!)
  const sets = Math.min(
    Math.floor((buyOnly + both) / buy.quantity),
    Math.floor((getOnly + both) / get.quantity),
    Math.floor((buyOnly + getOnly + both) / (buy.quantity + get.quantity)),
    maxSets ?? Infinity,
  )
  if (sets === 0) return null

  const cheapestFirst = lines
    .map((_, index) => index)
    .sort((a, b) => lines[a]!.unitPrice - lines[b]!.unitPrice || lines[a]!.variantId - lines[b]!.variantId)
  const dearestFirst = cheapestFirst.toSorted(
    (a, b) => lines[b]!.unitPrice - lines[a]!.unitPrice || lines[a]!.variantId - lines[b]!.variantId,
  )
  const got = lines.map(() => 0)
  let toGet = sets * get.quantity
  // Units that can be either must leave enough to buy.
  let spare = buyOnly + both - sets * buy.quantity
  for (const index of cheapestFirst.filter((one) => canGet[one])) {
    const units = Math.min(counted[index]!, toGet, canBuy[index] ? spare : Infinity)
    got[index] = units
    toGet -= units
    if (canBuy[index]) spare -= units
  }
  const bought = lines.map(() => 0)
  let toBuy = sets * buy.quantity
  for (const index of dearestFirst.filter((one) => canBuy[one])) {
    bought[index] = Math.min(counted[index]! - got[index]!, toBuy)
    toBuy -= bought[index]
  }
  return { got, bought }
}
