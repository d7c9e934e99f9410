import { asc, eq, inArray, or, sql } from 'drizzle-orm'
import { buyableQuantity } from '#app/domain/catalog/availability.ts'
import type { Tx } from '#db/client.ts'
import { cartLines, carts, variants } from '#db/schema/index.ts'
import { type JoinedCarts, type JoinLine, joinLines } from './join-lines.ts'

const nothing: JoinedCarts = { added: 0, leftOut: 0, isMixed: false }

/**
 * Lets the guest's cart join the customer's by the rule of joinLines, as a step of the caller's transaction; the
 * guest's cart is gone afterwards. Where the customer's was empty, the guest's checkout key moves over, so that a
 * checkout that is open in another tab stays good.
 * Locks both carts in id order: an order that is being placed from either is waited for, and what it took is gone.
 */
export async function joinCarts(
  tx: Tx,
  { sessionId, userId }: { sessionId: number | null; userId: number },
): Promise<JoinedCarts> {
  if (sessionId === null) return nothing
  const [guest] = await tx.select({ id: carts.id }).from(carts).where(eq(carts.sessionId, sessionId))
  if (!guest) return nothing
  await tx.insert(carts).values({ userId }).onConflictDoNothing()
  const locked = await tx
    .select({ id: carts.id, userId: carts.userId, checkoutKey: carts.checkoutKey })
    .from(carts)
    .where(or(eq(carts.id, guest.id), eq(carts.userId, userId)))
    .orderBy(asc(carts.id))
    .for('update')
  const guests = locked.find(({ id }) => id === guest.id)
  const customers = locked.find((cart) => cart.userId === userId)!
  if (!guests) return nothing

  const lines = await listJoinLines(tx, [guests.id, customers.id])
  const ofGuest = lines.filter(({ cartId }) => cartId === guests.id)
  const ofCustomer = lines.filter(({ cartId }) => cartId === customers.id)
  await tx.delete(carts).where(eq(carts.id, guests.id))
  if (ofGuest.length === 0) return nothing
  const { lines: all, joined } = joinLines(ofCustomer, ofGuest)
  const changed = all.filter((line) => line.cartId === guests.id)
  if (changed.length > 0)
    await tx
      .insert(cartLines)
      .values(
        changed.map(({ variantId, quantity, seenPrice }) => ({
          cartId: customers.id,
          variantId,
          quantity,
          seenPrice,
        })),
      )
      .onConflictDoUpdate({
        target: [cartLines.cartId, cartLines.variantId],
        set: { quantity: sql`excluded.quantity`, seenPrice: sql`excluded.seen_price` },
      })
  await tx
    .update(carts)
    .set({
      version: sql`${carts.version} + 1`,
      updatedAt: sql`now()`,
      ...(joined.isMixed ? {} : { checkoutKey: guests.checkoutKey }),
    })
    .where(eq(carts.id, customers.id))
  return joined
}

async function listJoinLines(tx: Tx, cartIds: number[]): Promise<(JoinLine & { cartId: number })[]> {
  const rows = await tx
    .select({
      cartId: cartLines.cartId,
      variantId: cartLines.variantId,
      quantity: cartLines.quantity,
      seenPrice: cartLines.seenPrice,
      price: variants.price,
      trackStock: variants.trackStock,
      sellWhenOut: variants.sellWhenOut,
      stock: variants.stock,
    })
    .from(cartLines)
    .innerJoin(variants, eq(variants.id, cartLines.variantId))
    .where(inArray(cartLines.cartId, cartIds))
    .orderBy(asc(cartLines.id))
  return rows.map((row) => ({ ...row, buyable: buyableQuantity(row) }))
}
