import type { RecordedPrice } from '#app/domain/pricing/prior-price.ts'

const hour = 3_600_000

/** The prior price, found by walking through the history hour by hour. Everything happens on the hour. */
export function priorPriceByHours(history: RecordedPrice[], now: number): number | null {
  const shown = (at: number) => {
    const row = history.findLast(({ startsAt }) => startsAt <= at)
    if (!row || row.price === null || row.publishedAt === null || row.publishedAt > at) return null
    return { price: row.price, isReduced: row.isReduced }
  }
  let start = Math.floor(now / hour) * hour
  if (!shown(start)?.isReduced) return null
  for (;;) {
    const [before, after] = [shown(start - hour), shown(start)!]
    if (!before?.isReduced || before.price < after.price) break
    start -= hour
  }
  let lowest: number | null = null
  for (let passed = 1; passed <= 30 * 24; passed++) {
    const price = shown(start - passed * hour)?.price
    if (price !== undefined) lowest = Math.min(price, lowest ?? price)
  }
  return lowest
}
