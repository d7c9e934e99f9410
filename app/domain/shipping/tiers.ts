import type { ShippingTier } from '#db/schema/shipping.ts'

/** A part of the weights or subtotals: `below` is exclusive, null without an end. */
export type TierRange = { from: number; below: number | null }

/** What no tier of the sorted tiers is for: the method is not offered there. */
export function tierGaps(tiers: ShippingTier[]): TierRange[] {
  const gaps: TierRange[] = []
  let end: number | null = 0
  for (const { from, below } of tiers) {
    if (end !== null && from > end) gaps.push({ from: end, below: from })
    end = below
  }
  return end === null || tiers.length === 0 ? gaps : [...gaps, { from: end, below: null }]
}
