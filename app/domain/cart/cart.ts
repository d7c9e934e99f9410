import type { Availability } from '#app/domain/stock/availability.ts'

/** Maximum number of different variants per cart. */
export const maxLines = 100

/** Maximum number of typed promotion codes per cart. */
export const maxCodes = 5

/** The owner of a shopper's cart: the customer if signed in, else the browser's session. */
export type Shopper = { sessionId: number; userId: number | null }

/** The owner of the cart of a draft order. `userId` is the account of its customer. */
export type DraftOwner = { draftId: number; sessionId: null; userId: number | null }

export type CartOwner = Shopper | DraftOwner

export type CartImage = {
  hash: string
  width: number
  height: number
  alt: string
  color: string | null
} | null

/** A change of a line since the shopper last saw it. */
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
  /** Current price in minor units; null when the variant is no longer for sale. */
  unitPrice: number | null
  compareAtPrice: number | null
  /** quantity x current price; 0 for a line that cannot be bought. */
  lineTotal: number
  requiresShipping: boolean
  /** Grams. */
  weight: number
  taxClass: string
  /** How many can be bought now. */
  buyable: number
  availability: Availability
  notices: LineNotice[]
}

export type Cart = {
  id: number
  version: number
  checkoutKey: string
  /** Typed promotion codes, in upper case. */
  codes: string[]
  /** Whether a guest agreed to marketing emails at the checkout of this cart. */
  hasConsent: boolean
  /** Where shipping is estimated for; an empty country: not asked yet. */
  destination: { country: string; region: string; postcode: string }
  lines: CartLine[]
  /** Sum of quantities, for the badge. */
  count: number
  /** Sum of line totals before shipping, in minor units. */
  subtotal: number
  /** False while a line is sold out, exceeds the stock or is no longer sold. */
  isReady: boolean
}

export type AddRefusal =
  | 'not-found'
  | 'not-for-sale'
  | 'sold-out'
  | 'too-many'
  | 'cart-full'
  /** The shopper signed in or out at the same moment, in another tab. */
  | 'session-expired'

export type AddResult =
  | { ok: true; version: number; quantity: number; title: string; variantTitle: string }
  | { ok: false; reason: AddRefusal; left: number }

export type SetQuantityResult =
  | { ok: true; version: number; removed: { variantId: number; quantity: number; title: string } | null }
  | { ok: false; reason: 'not-found' | 'too-many' | 'session-expired'; left: number }

/** The notices of one line, from what the shopper saw and the current state. */
export function lineNotices(line: {
  quantity: number
  priceWhenAdded: number
  unitPrice: number | null
  buyable: number
  isSold: boolean
}): LineNotice[] {
  if (!line.isSold || line.unitPrice === null) return [{ kind: 'no-longer-sold' }]
  const notices: LineNotice[] = []
  if (line.buyable === 0) notices.push({ kind: 'sold-out' })
  else if (line.buyable < line.quantity) notices.push({ kind: 'fewer-left', left: line.buyable })
  if (line.unitPrice > line.priceWhenAdded)
    notices.push({ kind: 'price-rose', from: line.priceWhenAdded, to: line.unitPrice })
  if (line.unitPrice < line.priceWhenAdded)
    notices.push({ kind: 'price-fell', from: line.priceWhenAdded, to: line.unitPrice })
  return notices
}
