import { formatCount, formatNumber } from '#app/domain/intl.ts'
import type { promotionKind } from '#db/schema/promotions.ts'

export type PromotionKind = (typeof promotionKind.enumValues)[number]

/** The kinds of promotions, as staff choose between them. */
export const promotionKinds = {
  percent: { label: 'Percentage off', about: 'A percentage off all products or the ones you choose.' },
  fixed: { label: 'Amount off', about: 'A fixed amount off an order, shared among its products.' },
  'free-shipping': { label: 'Free shipping', about: 'Takes off the rate of the chosen shipping method.' },
  'buy-x-get-y': {
    label: 'Buy X get Y',
    about: 'Customers who buy some products get others free or for less.',
  },
} satisfies Record<PromotionKind, { label: string; about: string }>

export function isPromotionKind(kind: string | null): kind is PromotionKind {
  return kind !== null && Object.hasOwn(promotionKinds, kind)
}

/** How a promotion is applied: without a code, with one code for everyone, or with codes for one order each. */
export const promotionMethods = ['automatic', 'code', 'generated'] as const
export type PromotionMethod = (typeof promotionMethods)[number]

export function methodOf(promotion: { isAutomatic: boolean; code: string | null }): PromotionMethod {
  if (promotion.isAutomatic) return 'automatic'
  return promotion.code === null ? 'generated' : 'code'
}

export type PromotionStatus = 'active' | 'scheduled' | 'ended'

/** How many products and collections are chosen in one of a promotion's lists. */
export type ItemCounts = { products: number; collections: number }

export type Benefit = {
  kind: PromotionKind
  percent: number | null
  amount: number | null
  maxRate: number | null
  buyQuantity: number | null
  getQuantity: number | null
  isForAll: boolean
  items: ItemCounts
}

/** Codes and single products are limited for each list of a promotion, because a form has to hold them. */
export const maxChosen = 100

export const maxCodesAtOnce = 10_000
export const maxCodes = 100_000

/** 3333 -> "33.33%". */
export const formatPercent = (hundredths: number): string => `${hundredths / 100}%`

/** What the promotion does: "20% off 3 collections", "Buy 2 get 1 at 50% off". */
export function describeBenefit(benefit: Benefit, money: (amount: number) => string): string {
  const { kind, percent, amount, maxRate, buyQuantity, getQuantity } = benefit
  switch (kind) {
    case 'percent':
      return `${formatPercent(percent!)} off ${describeItems(benefit, 'everything')}`
    case 'fixed':
      return `${money(amount!)} off ${describeItems(benefit, 'the order')}`
    case 'free-shipping': {
      const rates = maxRate === null ? '' : ` up to ${money(maxRate)}`
      return `Free shipping${rates}${benefit.isForAll ? '' : ` with ${describeItems(benefit, '')}`}`
    }
    case 'buy-x-get-y': {
      const off = percent === 10_000 ? 'free' : `at ${formatPercent(percent!)} off`
      return `Buy ${formatNumber(buyQuantity!)} get ${formatNumber(getQuantity!)} ${off}`
    }
  }
}

function describeItems({ isForAll, items: { products, collections } }: Benefit, all: string): string {
  if (isForAll) return all
  const parts = [
    ...(collections > 0 ? [formatCount(collections, 'collection')] : []),
    ...(products > 0 ? [formatCount(products, 'product')] : []),
  ]
  // Their products and collections were deleted.
  return parts.join(' and ') || 'no products'
}

/** "12 of 100", or "12" without a limit. */
export function describeUses(uses: number, limit: number | null): string {
  return limit === null ? formatNumber(uses) : `${formatNumber(uses)} of ${formatNumber(limit)}`
}

/** How customers get it: its code, "Automatic", or how many codes were generated. */
export function describeMethod(promotion: {
  isAutomatic: boolean
  code: string | null
  generatedCodes: number
}): string {
  if (promotion.isAutomatic) return 'Automatic'
  return promotion.code ?? formatCount(promotion.generatedCodes, 'generated code')
}
