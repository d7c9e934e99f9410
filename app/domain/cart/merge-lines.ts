import { maxLines } from './cart.ts'

/** The result of merging a guest's cart at sign-in. Counts are items. */
export type MergedCarts = {
  /** Items of this device that the customer's cart did not hold before. */
  added: number
  /** Items that were dropped because the cart is full. */
  dropped: number
  /** The customer's cart was not empty, so the result differs from both carts. */
  didMerge: boolean
}

export type MergeLine = { variantId: number; quantity: number; priceWhenAdded: number; buyable: number }

/**
 * The lines of the customer's cart after a guest's cart was merged into it: the larger quantity of the same variant,
 * and all other lines of both. Caps the guest's quantities at what is available (a sold-out line stays, with a notice),
 * and never reduces the customer's. Merging the same lines again changes nothing.
 */
export function mergeLines<Line extends MergeLine>(
  customers: Line[],
  guests: Line[],
): { lines: Line[]; joined: MergedCarts } {
  const lines = new Map(customers.map((line) => [line.variantId, line]))
  let added = 0
  let leftOut = 0
  for (const guest of guests) {
    const own = lines.get(guest.variantId)
    if (!own && lines.size >= maxLines) {
      leftOut += guest.quantity
      continue
    }
    const wanted = guest.buyable > 0 ? Math.min(guest.quantity, guest.buyable) : guest.quantity
    const quantity = Math.max(own?.quantity ?? 0, wanted)
    added += quantity - (own?.quantity ?? 0)
    if (!own || quantity > own.quantity) lines.set(guest.variantId, { ...guest, quantity })
  }
  return { lines: [...lines.values()], joined: { added, dropped: leftOut, didMerge: customers.length > 0 } }
}
