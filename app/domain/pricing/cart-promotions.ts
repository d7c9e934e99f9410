import type { Refusal } from './promotion.ts'

/** Why a promotion does not apply; `code` is null for one without a code. */
export type RefusedPromotion = { code: string | null; title: string } & (Refusal | { reason: 'unknown-code' })

/** The promotions of a cart. */
export type CartPromotions = {
  /** Off the items, or off shipping. In minor units. */
  applied: { title: string; code: string | null; amount: number; isShipping: boolean }[]
  /** Those of typed codes, and those without a code that need more in the cart. */
  refused: RefusedPromotion[]
  /** Off the items. */
  discountTotal: number
}
