/** What a promotion is. Amounts in minor units. */

/** Chosen products and collections, or everything. */
export type Items = 'all' | { productIds: number[]; collectionIds: number[] }

type Benefit =
  /** `value` in hundredths of a percent. */
  | { kind: 'percent'; value: number; items: Items }
  | { kind: 'fixed'; value: number; items: Items }
  /** `maxRate`: only for shipping that costs at most this. */
  | { kind: 'free-shipping'; maxRate: number | null; items: Items }
  | { kind: 'buy-x-get-y'; buy: SetItems; get: SetItems; percent: number; maxSets: number | null }

type SetItems = { quantity: number; items: Items }

export type Promotion = Benefit & {
  id: number
  title: string
  isCombinable: boolean
  startsAt: Date
  /** Exclusive. */
  endsAt: Date | null
  /** Of all customers, and of each one. */
  limit: number | null
  limitPerCustomer: number | null
  isFirstOrderOnly: boolean
  minQuantity: number | null
  minSubtotal: number | null
}

export type BuyXGetY = Extract<Promotion, { kind: 'buy-x-get-y' }>

/** A promotion that may apply to a cart, and how often it was used already. */
export type Offer = {
  /** Upper case; null for a promotion without a code. */
  code: string | null
  promotion: Promotion
  /** Redemptions of orders that were not canceled. */
  uses: number
  /** By the same customer; 0 while the customer is unknown. */
  usesByCustomer: number
  /** The code is for one use, and it was used. */
  isCodeUsed: boolean
  /** The customer has another order; false while the customer is unknown. */
  hasOrdered: boolean
}

export type OfferLine = {
  variantId: number
  productId: number
  collectionIds: number[]
  quantity: number
  unitPrice: number
}

/** Why a promotion does not apply. `missing`: how much more is needed, as money or as items. */
export type Refusal =
  | { reason: 'minimum-quantity' | 'minimum-subtotal'; missing: number }
  | {
      reason:
        | 'not-started'
        | 'expired'
        | 'used-up'
        | 'used-by-customer'
        | 'first-order-only'
        | 'no-eligible-items'
        | 'set-incomplete'
        | 'not-combinable'
        | 'no-effect'
    }

export function isAmong(items: Items, line: { productId: number; collectionIds: number[] }): boolean {
  if (items === 'all') return true
  return (
    items.productIds.includes(line.productId) ||
    items.collectionIds.some((id) => line.collectionIds.includes(id))
  )
}
