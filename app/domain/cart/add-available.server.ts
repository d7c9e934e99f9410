import { eq, inArray, sql } from 'drizzle-orm'
import { isPublished } from '#app/domain/products/published.server.ts'
import { buyableQuantity } from '#app/domain/stock/availability.ts'
import type { Tx } from '#db/client.ts'
import { cartLines, products, variants } from '#db/schema/index.ts'
import { bumpCartVersion, createCart, isNewGuest, lockCart, type NewGuest, noCart } from './cart.server.ts'
import { maxLines, type Shopper } from './cart.ts'

/** What is wanted, and the price that was paid for it, if the shopper is told of another one. */
export type WantedLine = { variantId: number | null; name: string; quantity: number; paid: number | null }

/** What has changed since the list was made. */
export type AddedNote = { name: string } & (
  | { kind: 'sold-out' | 'no-longer-sold' | 'cart-full' }
  | { kind: 'fewer-left'; left: number }
  | { kind: 'price-changed'; from: number; to: number }
)

/** `added` counts items; `isInCart` says whether the cart holds any of the list. */
export type Added = { ok: true; added: number; isInCart: boolean; notes: AddedNote[] }

/**
 * Adds the lines of an earlier list to the shopper's cart, as far as available, as a step of the caller's transaction:
 * afterwards the cart holds at least the wanted quantity of each variant, but no more than is available. So a second
 * submit adds nothing. Serializes changes of one cart by locking its row. A new guest's session starts only if there is
 * something to add. Refuses when the session has ended.
 */
export async function addAvailable(
  tx: Tx,
  { shopper, lines }: { shopper: Shopper | NewGuest; lines: WantedLine[] },
): Promise<Added | { ok: false; reason: 'session-expired' }> {
  const ownCart = isNewGuest(shopper) ? noCart : await lockCart(tx, shopper)
  if (ownCart === null) return { ok: false, reason: 'session-expired' }
  const inCart = await quantitiesOf(tx, ownCart)
  const notes: AddedNote[] = []
  const changed: { variantId: number; quantity: number; priceWhenAdded: number }[] = []
  let added = 0
  let isInCart = false
  for (const line of await withState(tx, lines)) {
    const { name, variantId, price } = line
    if (variantId === null || price === null || !line.isSold) {
      notes.push({ name, kind: 'no-longer-sold' })
      continue
    }
    if (line.buyable === 0) {
      notes.push({ name, kind: 'sold-out' })
      continue
    }
    const before = inCart.get(variantId) ?? 0
    if (before === 0 && inCart.size >= maxLines) {
      notes.push({ name, kind: 'cart-full' })
      continue
    }
    if (line.buyable < line.quantity) notes.push({ name, kind: 'fewer-left', left: line.buyable })
    if (line.paid !== null && price !== line.paid)
      notes.push({ name, kind: 'price-changed', from: line.paid, to: price })
    isInCart = true
    const quantity = Math.max(before, Math.min(line.quantity, line.buyable))
    if (quantity === before) continue
    added += quantity - before
    inCart.set(variantId, quantity)
    changed.push({ variantId, quantity, priceWhenAdded: price })
  }
  if (changed.length > 0) {
    const cartId = isNewGuest(shopper) ? await createCart(tx, shopper) : ownCart
    await tx
      .insert(cartLines)
      .values(changed.map((line) => ({ ...line, cartId })))
      .onConflictDoUpdate({
        target: [cartLines.cartId, cartLines.variantId],
        set: { quantity: sql`excluded.quantity`, priceWhenAdded: sql`excluded.price_when_added` },
      })
    await bumpCartVersion(tx, cartId)
  }
  return { ok: true, added, isInCart, notes }
}

async function quantitiesOf(tx: Tx, cartId: number): Promise<Map<number, number>> {
  const lines = await tx
    .select({ variantId: cartLines.variantId, quantity: cartLines.quantity })
    .from(cartLines)
    .where(eq(cartLines.cartId, cartId))
  return new Map(lines.map((line) => [line.variantId, line.quantity]))
}

/** The lines with the current state of their variants; a deleted variant has no price. */
async function withState(tx: Tx, lines: WantedLine[]) {
  const present = await tx
    .select({
      id: variants.id,
      price: variants.price,
      trackStock: variants.trackStock,
      allowBackorder: variants.allowBackorder,
      stock: variants.stock,
      isSold: isPublished,
    })
    .from(variants)
    .innerJoin(products, eq(products.id, variants.productId))
    .where(
      inArray(
        variants.id,
        lines.flatMap(({ variantId }) => variantId ?? []),
      ),
    )
  return lines.map((line) => {
    const variant = present.find(({ id }) => id === line.variantId)
    return {
      ...line,
      price: variant?.price ?? null,
      isSold: variant?.isSold ?? false,
      buyable: variant ? buyableQuantity(variant) : 0,
    }
  })
}
