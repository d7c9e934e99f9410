import { maxLines } from './cart.ts'

/** What became of a guest's cart at sign-in. Counts are pieces. */
export type JoinedCarts = {
  /** Pieces of this device that the customer's cart did not hold before. */
  added: number
  /** Pieces that found no room: the cart holds at most so many different things. */
  leftOut: number
  /** The customer's cart held something before, so it is now more than either was. */
  isMixed: boolean
}

export type JoinLine = { variantId: number; quantity: number; seenPrice: number; buyable: number }

/**
 * The lines of the customer's cart after a guest's joined it: of the same variant the larger quantity, the rest of
 * both; no more of the guest's than can be bought now (a sold-out line stays, to be told about), and never fewer
 * than the customer had. Joining the same lines again changes nothing.
 */
export function joinLines<Line extends JoinLine>(
  customers: Line[],
  guests: Line[],
): { lines: Line[]; joined: JoinedCarts } {
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
  return { lines: [...lines.values()], joined: { added, leftOut, isMixed: customers.length > 0 } }
}
