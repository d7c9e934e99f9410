/** A variant's availability for shoppers, and how many can be bought. */

export type StockFacts = { price: number | null; trackStock: boolean; allowBackorder: boolean; stock: number }

export type Availability =
  | { kind: 'in-stock' }
  | { kind: 'low'; left: number }
  | { kind: 'sold-out' }
  | { kind: 'backorder' }
  | { kind: 'not-for-sale' }

/** Maximum quantity of one variant per cart. */
export const maxQuantity = 999

/** A variant's availability; `lowThreshold` is the shop's low-stock threshold ("only N left"). */
export function getAvailability(variant: StockFacts, lowThreshold: number): Availability {
  if (variant.price === null) return { kind: 'not-for-sale' }
  if (!variant.trackStock) return { kind: 'in-stock' }
  if (variant.stock <= 0) return variant.allowBackorder ? { kind: 'backorder' } : { kind: 'sold-out' }
  if (variant.stock <= lowThreshold && !variant.allowBackorder) return { kind: 'low', left: variant.stock }
  return { kind: 'in-stock' }
}

/** How many of the variant can be bought now, at most `maxQuantity`. */
export function buyableQuantity(variant: StockFacts): number {
  if (variant.price === null) return 0
  if (!variant.trackStock || variant.allowBackorder) return maxQuantity
  return Math.max(0, Math.min(variant.stock, maxQuantity))
}

/** The availability as text. */
export function formatAvailability(availability: Availability): string {
  switch (availability.kind) {
    case 'in-stock':
      return 'In stock'
    case 'low':
      return `Only ${availability.left} left`
    case 'sold-out':
      return 'Sold out'
    case 'backorder':
      return 'Available on backorder'
    case 'not-for-sale':
      return 'Price on request'
  }
}
