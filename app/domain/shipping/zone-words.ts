/** What a shipping method costs, in words. */
import { formatMoney, type MoneyFormat } from '#app/domain/money.ts'
import { fromGrams } from '#app/domain/weight.ts'
import type { shippingMethods } from '#db/schema/shipping.ts'
import { tierGaps, type TierRange } from './tiers.ts'

type Method = Omit<typeof shippingMethods.$inferSelect, 'createdAt' | 'updatedAt'>
type Price = Pick<Method, 'priceBy' | 'rate' | 'tiers' | 'freeFrom'>

/** "€4.90, free from €50.00", "By weight: €4.90 for 0–2 kg, €9.90 from 2 kg". */
export function describePrice(price: Price, format: MoneyFormat): string {
  const { priceBy, rate, tiers, freeFrom } = price
  const free = freeFrom === null ? '' : `, free from ${formatMoney(freeFrom, format)}`
  if (priceBy === 'flat') return rate === 0 ? 'Free' : formatMoney(rate, format) + free
  const rates = tiers.map(
    (tier) =>
      `${tier.rate === 0 ? 'free' : formatMoney(tier.rate, format)} ${describeRange(tier, priceBy, format)}`,
  )
  return `By ${priceBy}: ${rates.join(', ')}${free}`
}

/** The orders that have no rate: "from 2 to 5 kg, from 30 kg"; null when there are none. */
export function describeGaps({ priceBy, tiers }: Price, format: MoneyFormat): string | null {
  if (priceBy === 'flat') return null
  const gaps = tierGaps(tiers).map((gap) => describeRange(gap, priceBy, format))
  return gaps.length > 0 ? gaps.join(', ') : null
}

/** "2–4 business days", "Local pickup, ready in 1 business day". */
export function describeDays({
  isPickup,
  daysMin,
  daysMax,
}: Pick<Method, 'isPickup' | 'daysMin' | 'daysMax'>): string {
  const span = daysMin === daysMax ? String(daysMax) : `${daysMin}–${daysMax}`
  const days = `${span} business ${span === '1' ? 'day' : 'days'}`
  if (!isPickup) return days
  return daysMax === 0 ? 'Local pickup, ready the same day' : `Local pickup, ready in ${days}`
}

function describeRange({ from, below }: TierRange, by: 'weight' | 'subtotal', format: MoneyFormat): string {
  const show = (value: number) => (by === 'weight' ? fromGrams(value, 'kg') : formatMoney(value, format))
  const unit = by === 'weight' ? ' kg' : ''
  return below === null ? `from ${show(from)}${unit}` : `for ${show(from)}–${show(below)}${unit}`
}

export type DescribedMethod = ReturnType<typeof describeMethod>

/** A method for lists. */
export function describeMethod(method: Method, format: MoneyFormat) {
  const { id, title } = method
  return {
    ...{ id, title, price: describePrice(method, format) },
    ...{ days: describeDays(method), gaps: describeGaps(method, format) },
  }
}
