import type { ProductStatus } from './product-state.ts'

/** Prices that are often a mistake: none at all, which shoppers see as "Price on request", and zero. */

export type PriceIssues = { missing: number; free: number }

type Priced = { price: number | null }[]

export function countPriceIssues(variants: Priced): PriceIssues {
  return {
    missing: variants.filter(({ price }) => price === null).length,
    free: variants.filter(({ price }) => price === 0).length,
  }
}

/**
 * Whether saving has to be confirmed: the product would be active with variants without a price or for free, and was
 * not so before. `before` is null for a new product.
 */
export function needsPriceConfirmation(
  before: { status: ProductStatus; issues: PriceIssues } | null,
  after: { status: ProductStatus; issues: PriceIssues },
): boolean {
  if (after.status !== 'active') return false
  const known = before?.status === 'active' ? before.issues : { missing: 0, free: 0 }
  return after.issues.missing > known.missing || after.issues.free > known.free
}
