import { toDecimal, type Currency } from '#app/domain/money.ts'
import type { getPromotionForStaff } from '#app/domain/promotions/edit-promotion.server.ts'
import { methodOf, type PromotionKind } from '#app/domain/promotions/promotions.ts'
import { toLocalInput } from '#app/domain/products/zoned-time.ts'
import type { PromotionValues } from './promotion-form.tsx'

type Stored = NonNullable<Awaited<ReturnType<typeof getPromotionForStaff>>>

/** A new promotion, which starts now; what customers get is free. */
export function newPromotionValues(kind: PromotionKind, startsAt: string): PromotionValues {
  return {
    ...{ title: '', method: 'code', promotionCode: '', amount: '', maxRate: '' },
    percent: kind === 'buy-x-get-y' ? '100' : '',
    ...{ buyQuantity: '', getQuantity: '', maxSets: '' },
    ...{ scope: 'all', collectionIds: [], productIds: [] },
    ...{ getScope: 'all', getCollectionIds: [], getProductIds: [] },
    ...{ minimum: 'none', minQuantity: '', minSubtotal: '' },
    ...{ usageLimit: '', limitPerCustomer: '', isFirstOrderOnly: '', isCombinable: 'on' },
    ...{ startsAt, endsAt: '', q: '', getQ: '' },
  }
}

/** A stored promotion as the fields of its form. */
export function promotionValues(
  { promotion, items, gets }: Stored,
  shop: Currency & { timeZone: string },
): PromotionValues {
  const money = (amount: number | null) => (amount === null ? '' : toDecimal(amount, shop))
  const count = (value: number | null) => (value === null ? '' : String(value))
  const { percent, minQuantity, minSubtotal, startsAt, endsAt } = promotion
  return {
    title: promotion.title,
    method: methodOf(promotion),
    promotionCode: promotion.code ?? '',
    percent: percent === null ? '' : String(percent / 100),
    amount: money(promotion.amount),
    maxRate: money(promotion.maxRate),
    buyQuantity: count(promotion.buyQuantity),
    getQuantity: count(promotion.getQuantity),
    maxSets: count(promotion.maxSets),
    scope: promotion.isForAll ? 'all' : 'chosen',
    collectionIds: items.collectionIds.map(String),
    productIds: items.productIds.map(String),
    getScope: promotion.getsAll ? 'all' : 'chosen',
    getCollectionIds: gets.collectionIds.map(String),
    getProductIds: gets.productIds.map(String),
    minimum: minQuantity !== null ? 'quantity' : minSubtotal !== null ? 'subtotal' : 'none',
    minQuantity: count(minQuantity),
    minSubtotal: money(minSubtotal),
    usageLimit: count(promotion.usageLimit),
    limitPerCustomer: count(promotion.limitPerCustomer),
    isFirstOrderOnly: promotion.isFirstOrderOnly ? 'on' : '',
    isCombinable: promotion.isCombinable ? 'on' : '',
    startsAt: toLocalInput(startsAt, shop.timeZone),
    endsAt: endsAt ? toLocalInput(endsAt, shop.timeZone) : '',
    q: '',
    getQ: '',
  }
}
