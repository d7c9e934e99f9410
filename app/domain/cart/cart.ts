import type { Availability } from '#app/domain/catalog/availability.ts'

/** The most different variants that one cart may hold. */
export const maxLines = 100

/** Whose cart it is: the customer's when somebody is signed in, else the browser's own. */
export type Shopper = { sessionId: number; userId: number | null }

export type CartImage = {
  hash: string
  width: number
  height: number
  alt: string
  color: string | null
} | null

/** Something about a line that moved since the shopper last looked. */
export type LineNotice =
  | { kind: 'price-rose'; from: number; to: number }
  | { kind: 'price-fell'; from: number; to: number }
  | { kind: 'sold-out' }
  | { kind: 'fewer-left'; left: number }
  | { kind: 'no-longer-sold' }

export type CartLine = {
  id: number
  variantId: number
  productId: number
  handle: string
  title: string
  /** "Small / Red", or empty for a product with one plain variant. */
  variantTitle: string
  sku: string
  image: CartImage
  quantity: number
  /** Today's price in minor units; null when the variant is no longer for sale. */
  unitPrice: number | null
  compareAtPrice: number | null
  /** quantity x today's price; 0 for a line that cannot be bought. */
  lineTotal: number
  requiresShipping: boolean
  /** How many can be bought now. */
  buyable: number
  availability: Availability
  notices: LineNotice[]
}

export type Cart = {
  id: number
  version: number
  checkoutKey: string
  lines: CartLine[]
  /** Sum of quantities, for the badge. */
  count: number
  /** Sum of line totals before shipping, in minor units. */
  subtotal: number
  /** False while a line is sold out, too many or no longer sold. */
  isReady: boolean
}

export type AddRefusal =
  | 'not-found'
  | 'not-for-sale'
  | 'sold-out'
  | 'too-many'
  | 'cart-full'
  /** The shopper signed in or out in this very moment, in another tab. */
  | 'session-over'

export type AddResult =
  | { ok: true; version: number; quantity: number; title: string; variantTitle: string }
  | { ok: false; reason: AddRefusal; left: number }

export type SetQuantityResult =
  | { ok: true; version: number; removed: { variantId: number; quantity: number; title: string } | null }
  | { ok: false; reason: 'not-found' | 'too-many' | 'session-over'; left: number }

/** The notices of one line, from what was seen and what is now. */
export function lineNotices(line: {
  quantity: number
  seenPrice: number
  unitPrice: number | null
  buyable: number
  isSold: boolean
}): LineNotice[] {
  if (!line.isSold || line.unitPrice === null) return [{ kind: 'no-longer-sold' }]
  const notices: LineNotice[] = []
  if (line.buyable === 0) notices.push({ kind: 'sold-out' })
  else if (line.buyable < line.quantity) notices.push({ kind: 'fewer-left', left: line.buyable })
  if (line.unitPrice > line.seenPrice)
    notices.push({ kind: 'price-rose', from: line.seenPrice, to: line.unitPrice })
  if (line.unitPrice < line.seenPrice)
    notices.push({ kind: 'price-fell', from: line.seenPrice, to: line.unitPrice })
  return notices
}
