/**
 * The lowest price of the 30 days before a reduction, which EU law wants beside a reduced price (Directive 98/6/EC,
 * article 6a). Only times on sale count.
 */

/** A row of the price history, which lasts until the next one. Instants are milliseconds. */
export type RecordedPrice = {
  startsAt: number
  /** Null: not on sale. */
  price: number | null
  /** With a compare-at price above the price. */
  isReduced: boolean
  /** On sale from the later of this and the start. */
  publishedAt: number | null
}

type Span = { start: number; end: number; price: number; isReduced: boolean }

const windowMs = 30 * 24 * 3_600_000

/**
 * The lowest price in the 30 days before the current reduction, the one at their start included. Going lower without a
 * break continues a reduction; a raise, or a time off sale, begins another. Null when the variant is not reduced now, or
 * was not on sale before. Rows are in the order in which they were written.
 */
export function priorPrice(history: RecordedPrice[], now: number): number | null {
  const spans = listSpans(history)
  let index = spans.findIndex(({ start, end }) => start <= now && now < end)
  if (!spans[index]?.isReduced) return null
  while (continuesReduction(spans[index - 1], spans[index]!)) index -= 1
  const { start } = spans[index]!
  const before = spans.slice(0, index).filter(({ end }) => end > start - windowMs)
  return before.length === 0 ? null : Math.min(...before.map(({ price }) => price))
}

/** The times on sale at one price. */
function listSpans(history: RecordedPrice[]): Span[] {
  return history.flatMap(({ startsAt, price, isReduced, publishedAt }, index) => {
    if (price === null || publishedAt === null) return []
    const start = Math.max(startsAt, publishedAt)
    const end = history[index + 1]?.startsAt ?? Infinity
    return start < end ? [{ start, end, price, isReduced }] : []
  })
}

function continuesReduction(before: Span | undefined, after: Span): boolean {
  return before !== undefined && before.isReduced && before.end === after.start && before.price >= after.price
}

/** Whether a price is announced as reduced. */
export function isReduced(variant: { price: number | null; compareAtPrice: number | null }): boolean {
  const { price, compareAtPrice } = variant
  return price !== null && compareAtPrice !== null && compareAtPrice > price
}

/** By how many percent a price is below the prior one, rounded down; null when it is not. */
export function percentBelow(price: number, prior: number): number | null {
  const percent = Math.floor(((prior - price) * 100) / prior)
  return percent > 0 ? percent : null
}

/**
 * The variant with the reduction that may be announced: none without a prior price. Prior prices are by variant id;
 * undefined where the store does not show them, and then the compare-at price is enough.
 */
export function withPriorPrice<Variant extends { id: number; compareAtPrice: number | null }>(
  variant: Variant,
  priorPrices: Map<number, number> | undefined,
): Variant & { priorPrice?: number } {
  if (!priorPrices) return variant
  const prior = priorPrices.get(variant.id)
  return prior === undefined ? { ...variant, compareAtPrice: null } : { ...variant, priorPrice: prior }
}
