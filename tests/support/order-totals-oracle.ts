/**
 * The money rules once more, for tests: unit by unit, by trying every choice, with fractions of BigInt. Slow, and
 * written without looking at the code it checks.
 */
import type { BuyXGetY, Items, Offer } from '#app/domain/pricing/promotion.ts'
import type { PricingInput } from '#app/domain/pricing/order-totals.ts'

type Fraction = { n: bigint; d: bigint }

const fraction = (n: number | bigint, d: number | bigint = 1): Fraction => ({ n: BigInt(n), d: BigInt(d) })
const times = (a: Fraction, b: Fraction) => ({ n: a.n * b.n, d: a.d * b.d })
const over = (a: Fraction, b: Fraction) => ({ n: a.n * b.d, d: a.d * b.n })
const minus = (a: Fraction, b: Fraction) => ({ n: a.n * b.d - b.n * a.d, d: a.d * b.d })
const isLess = (a: Fraction, b: Fraction) => a.n * b.d < b.n * a.d
const floor = (a: Fraction) => Number(a.n / a.d)
const halfUp = (a: Fraction) => floor({ n: 2n * a.n + a.d, d: 2n * a.d })
const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0)

type Unit = { line: number; variantId: number; price: number; buys: boolean; gets: boolean }

export function oracle(input: PricingInput) {
  const lines = [...input.lines].sort((a, b) => a.variantId - b.variantId)
  const isIn = (items: Items, index: number) =>
    items === 'all' ||
    new Set(items.productIds).has(lines[index]!.productId) ||
    items.collectionIds.filter((id) => lines[index]!.collectionIds.indexOf(id) >= 0).length > 0

  const passes = ({ promotion, ...offer }: Offer) => {
    const own = lines.filter((_, index) =>
      isIn(promotion.kind === 'buy-x-get-y' ? promotion.buy.items : promotion.items, index),
    )
    const isOpen =
      input.now >= promotion.startsAt && (promotion.endsAt === null || input.now < promotion.endsAt)
    const isUnused =
      !offer.isCodeUsed &&
      (promotion.limit === null || offer.uses < promotion.limit) &&
      (promotion.limitPerCustomer === null || offer.usesByCustomer < promotion.limitPerCustomer) &&
      !(promotion.isFirstOrderOnly && offer.hasOrdered)
    return (
      isOpen &&
      isUnused &&
      own.length > 0 &&
      sum(own.map((line) => line.quantity)) >= (promotion.minQuantity ?? 0) &&
      sum(own.map((line) => line.quantity * line.unitPrice)) >= (promotion.minSubtotal ?? 0)
    )
  }

  const rateFor = (subtotal: number): number | null => {
    const method = input.methods.find(({ id }) => id === input.methodId)
    if (!method) return null
    const grams = sum(
      lines.filter((line) => line.requiresShipping).map((line) => line.weight * line.quantity),
    )
    const measure = method.price.by === 'weight' ? grams : subtotal
    const rate =
      method.price.by === 'flat'
        ? method.price.rate
        : method.price.tiers
            .filter(({ from, below }) => from <= measure && (below ?? Infinity) > measure)
            .map((tier) => tier.rate)[0]
    if (rate === undefined) return null
    return method.freeFrom !== null && subtotal >= method.freeFrom ? 0 : rate
  }

  const apply = (offers: Offer[]) => {
    const left = lines.map((line) => line.quantity * line.unitPrice)
    const units: Unit[] = lines.flatMap((line, index) =>
      Array.from({ length: line.unitPrice === 0 ? 0 : line.quantity }, () => ({
        ...{ line: index, variantId: line.variantId, price: line.unitPrice, buys: false, gets: false },
      })),
    )
    const takeOff = (amount: number, weights: number[]) => {
      const parts = shareOut(amount, weights)
      parts.forEach((part, index) => (left[index]! -= part))
      return sum(parts)
    }
    const ordered = [...offers].sort((a, b) => {
      const keys = ({ code, promotion }: Offer) => [
        promotion.kind === 'buy-x-get-y' ? 0 : 1,
        promotion.kind !== 'buy-x-get-y' && promotion.items === 'all' ? 1 : 0,
        promotion.kind === 'fixed' ? 1 : 0,
        code === null ? 0 : 1,
        promotion.id,
      ]
      const difference = keys(a).map((key, index) => key - keys(b)[index]!)
      return difference.find((one) => one !== 0) ?? 0
    })
    const used: Offer[] = []
    for (const offer of ordered) {
      const { promotion } = offer
      let off = 0
      if (promotion.kind === 'percent' || promotion.kind === 'fixed') {
        const weights = left.map((amount, index) => (isIn(promotion.items, index) ? amount : 0))
        const wanted =
          promotion.kind === 'fixed'
            ? promotion.value
            : halfUp(times(fraction(sum(weights)), fraction(promotion.value, 10_000)))
        off = takeOff(Math.min(wanted, sum(weights)), weights)
      } else if (promotion.kind === 'buy-x-get-y') {
        const set = bestSet(
          promotion,
          units.map((unit) => ({
            ...unit,
            buys: isIn(promotion.buy.items, unit.line),
            gets: isIn(promotion.get.items, unit.line),
          })),
        )
        if (set) {
          const got = lines.map((_, index) =>
            sum(set.got.map((at) => (units[at]!.line === index ? units[at]!.price : 0))),
          )
          off = takeOff(halfUp(times(fraction(sum(got)), fraction(promotion.percent, 10_000))), got)
          for (const at of [...set.got, ...set.bought].sort((a, b) => b - a)) units.splice(at, 1)
        }
      }
      if (off > 0) used.push(offer)
    }
    const rate = rateFor(sum(left))
    const frees = ordered
      .filter(
        ({ promotion }) =>
          promotion.kind === 'free-shipping' &&
          rate !== null &&
          rate > 0 &&
          rate <= (promotion.maxRate ?? rate),
      )
      .sort((a, b) => Number(a.code !== null) - Number(b.code !== null) || a.promotion.id - b.promotion.id)
    const shippingDiscount = frees.length > 0 ? rate! : 0
    if (frees.length > 0) used.push(frees[0]!)
    const merchandise = sum(lines.map((line) => line.quantity * line.unitPrice)) - sum(left)
    return { left, used, rate: rate ?? 0, shippingDiscount, off: merchandise + shippingDiscount }
  }

  const valid = input.offers.filter(passes)
  const candidates = [
    { offers: valid.filter(({ promotion }) => promotion.isCombinable), rank: -1 },
    ...valid
      .filter(({ promotion }) => !promotion.isCombinable)
      .map((offer) => ({ offers: [offer], rank: offer.promotion.id })),
  ].map((candidate) => ({ ...candidate, ...apply(candidate.offers) }))
  const codes = (candidate: { used: Offer[] }) => candidate.used.filter(({ code }) => code !== null).length
  const best = candidates.sort((a, b) => b.off - a.off || codes(a) - codes(b) || a.rank - b.rank)[0]!

  const paidShipping = best.rate - best.shippingDiscount
  const tax = taxOf(input, lines, best.left, paidShipping)
  return {
    discounts: lines.map((line, index) => line.quantity * line.unitPrice - best.left[index]!),
    applied: best.used.map(({ promotion }) => promotion.id).sort((a, b) => a - b),
    shipping: best.rate,
    shippingDiscount: best.shippingDiscount,
    taxes: tax.rates,
    taxAdded: tax.added,
    total: sum(best.left) + paidShipping + tax.added,
  }
}

function taxOf(input: PricingInput, lines: PricingInput['lines'], left: number[], shipping: number) {
  const { tax } = input
  const rateOf = (taxClass: string) => {
    const rates = tax.rates.filter((rate) => rate.taxClass === taxClass && rate.country === tax.place.country)
    const best =
      rates.filter(({ region }) => region === tax.place.region)[0] ??
      rates.filter(({ region }) => region === null)[0]
    return best?.rate ?? 0
  }
  const rates = lines.map((line) => rateOf(line.taxClass))
  const sums = new Map<number, number>()
  const add = (rate: number, amount: number) => sums.set(rate, (sums.get(rate) ?? 0) + amount)
  rates.forEach((rate, index) => add(rate, left[index]!))
  if (tax.shipping.kind === 'class') add(rateOf(tax.shipping.taxClass), shipping)
  if (tax.shipping.kind === 'goods') {
    const known = [...new Set(rates.filter((_, index) => lines[index]!.requiresShipping))].sort(
      (a, b) => b - a,
    )
    const weigh = (measure: (index: number) => number) =>
      known.map((rate) =>
        sum(
          lines.map((line, index) => (line.requiresShipping && rates[index] === rate ? measure(index) : 0)),
        ),
      )
    const weights = [
      weigh((index) => left[index]!),
      weigh((index) => lines[index]!.unitPrice * lines[index]!.quantity),
    ]
    const parts = shareOut(
      shipping,
      weights.find((one) => sum(one) > 0) ?? weigh((index) => lines[index]!.quantity),
    )
    known.forEach((rate, index) => add(rate, parts[index]!))
  }
  const totals = [...sums]
    .filter(([rate]) => rate > 0)
    .sort(([a], [b]) => b - a)
    .map(([rate, amount]) => {
      const r = fraction(rate, 100_000)
      const net = tax.isIncluded ? over(fraction(amount), { n: r.n + r.d, d: r.d }) : fraction(amount)
      const due = halfUp(times(net, r))
      return { rate, base: tax.isIncluded ? amount - due : amount, tax: due }
    })
  const all = sum(totals.map((one) => one.tax))
  if (tax.isReverseCharge) return { rates: [], added: tax.isIncluded ? -all : 0 }
  return { rates: totals, added: tax.isIncluded ? 0 : all }
}

/** One unit at a time to the largest rest of its exact share. */
function shareOut(amount: number, weights: number[]): number[] {
  const all = sum(weights)
  if (all === 0) return weights.map(() => 0)
  const exact = weights.map((weight) => times(fraction(amount), fraction(weight, all)))
  const parts = exact.map(floor)
  while (sum(parts) < amount) {
    const rests = exact.map((one, index) => minus(one, fraction(parts[index]!)))
    let largest = 0
    for (let index = 1; index < rests.length; index += 1)
      if (isLess(rests[largest]!, rests[index]!)) largest = index
    parts[largest]! += 1
  }
  return parts
}

/** Every choice of units to get, for the highest number of sets: the cheapest one, with the lowest variant ids. */
function bestSet(promotion: BuyXGetY, units: Unit[]): { got: number[]; bought: number[] } | null {
  const all = units.map((_, index) => index)
  for (let sets = Math.min(promotion.maxSets ?? Infinity, units.length); sets > 0; sets -= 1) {
    const choices = combinations(
      all.filter((at) => units[at]!.gets),
      sets * promotion.get.quantity,
    ).filter(
      (got) =>
        all.filter((at) => units[at]!.buys && !got.includes(at)).length >= sets * promotion.buy.quantity,
    )
    if (choices.length === 0) continue
    const ranked = choices
      .map((got) => ({
        got,
        keys: [...got].map((at) => [units[at]!.price, units[at]!.variantId] as const).sort(compare),
      }))
      .sort(
        (a, b) =>
          sum(a.keys.map(([price]) => price)) - sum(b.keys.map(([price]) => price)) ||
          compareAll(a.keys, b.keys),
      )
    const { got } = ranked[0]!
    const bought = all
      .filter((at) => units[at]!.buys && !got.includes(at))
      .sort((a, b) => units[b]!.price - units[a]!.price || units[a]!.variantId - units[b]!.variantId)
      .slice(0, sets * promotion.buy.quantity)
    return { got, bought }
  }
  return null
}

function compare(a: readonly number[], b: readonly number[]): number {
  return a[0]! - b[0]! || a[1]! - b[1]!
}

function compareAll(a: (readonly number[])[], b: (readonly number[])[]): number {
  return a.map((one, index) => compare(one, b[index]!)).find((difference) => difference !== 0) ?? 0
}

function combinations(from: number[], size: number): number[][] {
  if (size === 0) return [[]]
  return from.flatMap((first, index) =>
    combinations(from.slice(index + 1), size - 1).map((rest) => [first, ...rest]),
  )
}
