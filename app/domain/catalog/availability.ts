/** What a shopper reads about a variant's stock, and how many may be bought. */

export type StockFacts = { price: number | null; trackStock: boolean; sellWhenOut: boolean; stock: number }

export type Availability =
  | { kind: 'in-stock' }
  | { kind: 'low'; left: number }
  | { kind: 'sold-out' }
  | { kind: 'backorder' }
  | { kind: 'not-for-sale' }

/** The most of one variant that one cart may hold. */
export const maxQuantity = 999

/** The stock label of a variant; `lowThreshold` is the shop's "only N left" number. */
export function availabilityOf(variant: StockFacts, lowThreshold: number): Availability {
  if (variant.price === null) return { kind: 'not-for-sale' }
  if (!variant.trackStock) return { kind: 'in-stock' }
  if (variant.stock <= 0) return variant.sellWhenOut ? { kind: 'backorder' } : { kind: 'sold-out' }
  if (variant.stock <= lowThreshold && !variant.sellWhenOut) return { kind: 'low', left: variant.stock }
  return { kind: 'in-stock' }
}

/** How many of the variant can be bought right now, at most `maxQuantity`. */
export function buyableQuantity(variant: StockFacts): number {
  if (variant.price === null) return 0
  if (!variant.trackStock || variant.sellWhenOut) return maxQuantity
  return Math.max(0, Math.min(variant.stock, maxQuantity))
}

/** The label in words. */
export function availabilityText(availability: Availability): string {
  switch (availability.kind) {
    case 'in-stock':
      return 'In stock'
    case 'low':
      return `Only ${availability.left} left`
    case 'sold-out':
      return 'Sold out'
    case 'backorder':
      return 'Available to back-order'
    case 'not-for-sale':
      return 'Price on request'
  }
}
