import { formSets } from './buy-x-get-y.ts'
import { proportion, share } from './exact.ts'
import { isAmong, type Offer, type OfferLine } from './promotion.ts'

/** What one promotion takes off; `byLine` in the order of the lines. */
export type Discount = { offer: Offer; amount: number; byLine: number[] }

/**
 * Takes promotions off the lines, each from what the ones before it left: "buy X get Y" first, then percentages and
 * amounts off chosen items, then off everything. Within each, promotions without a code come first, then older ones.
 * The lines are in the order of their variants. Promotions that take off nothing are left out.
 */
export function discountLines(offers: Offer[], lines: OfferLine[]): Discount[] {
  const remaining = lines.map((line) => line.unitPrice * line.quantity)
  const free = lines.map((line) => line.quantity)
  const discounts: Discount[] = []
  for (const offer of offers.toSorted((a, b) => stepOf(a) - stepOf(b) || byPrecedence(a, b))) {
    const byLine = discountByLine(offer, lines, remaining, free)
    const amount = sumOf(byLine)
    if (amount === 0) continue
    byLine.forEach((part, index) => (remaining[index]! -= part))
    discounts.push({ offer, amount, byLine })
  }
  return discounts
}

/** The first promotion that makes shipping at this rate free. */
export function discountShipping(offers: Offer[], rate: number): Discount | null {
  if (rate === 0) return null
  const offer = offers
    .toSorted(byPrecedence)
    .find(({ promotion }) => promotion.kind === 'free-shipping' && rate <= (promotion.maxRate ?? Infinity))
  return offer ? { offer, amount: rate, byLine: [] } : null
}

/** Promotions without a code first, then older ones. */
function byPrecedence(a: Offer, b: Offer): number {
  return Number(a.code !== null) - Number(b.code !== null) || a.promotion.id - b.promotion.id
}

function stepOf({ promotion }: Offer): number {
  if (promotion.kind === 'buy-x-get-y') return 0
  return (promotion.items === 'all' ? 3 : 1) + (promotion.kind === 'percent' ? 0 : 1)
}

/** Changes `free` for units that became part of a set. */
function discountByLine(offer: Offer, lines: OfferLine[], remaining: number[], free: number[]): number[] {
  const { promotion } = offer
  if (promotion.kind === 'free-shipping') return lines.map(() => 0)
  if (promotion.kind === 'buy-x-get-y') {
    const setLines = lines.map((line, index) => ({ ...line, free: free[index]! }))
    const sets = formSets(promotion, setLines)
    if (!sets) return lines.map(() => 0)
    sets.got.forEach((units, index) => (free[index]! -= units + sets.bought[index]!))
    const prices = sets.got.map((units, index) => units * lines[index]!.unitPrice)
    return share(proportion(sumOf(prices), promotion.percent, 10_000), prices)
  }
  const eligible = lines.map((line, index) => (isAmong(promotion.items, line) ? remaining[index]! : 0))
  const sum = sumOf(eligible)
  const off = promotion.kind === 'percent' ? proportion(sum, promotion.value, 10_000) : promotion.value
  return share(Math.min(off, sum), eligible)
}

function sumOf(amounts: number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0)
}
