import { asc, eq, inArray, or, sql } from 'drizzle-orm'
import { buyableQuantity } from '#app/domain/stock/availability.ts'
import type { Tx } from '#db/client.ts'
import { cartLines, carts, variants } from '#db/schema/index.ts'
import { maxCodes } from './cart.ts'
import { type MergedCarts, type MergeLine, mergeLines } from './merge-lines.ts'

const nothing: MergedCarts = { added: 0, dropped: 0, didMerge: false }

/**
 * Merges the guest's cart into the customer's by the rule of mergeLines, as a step of the caller's transaction, and
 * deletes the guest's cart. The guest's codes come first. If the customer's cart was empty, it takes over the guest's checkout key, so that a
 * checkout open in another tab stays valid. Locks both carts in id order: waits for an order being placed from either,
 * whose lines are then no longer in the cart.
 */
export async function mergeCarts(
  tx: Tx,
  { sessionId, userId }: { sessionId: number | null; userId: number },
): Promise<MergedCarts> {
  if (sessionId === null) return nothing
  const [guest] = await tx.select({ id: carts.id }).from(carts).where(eq(carts.sessionId, sessionId))
  if (!guest) return nothing
  await tx.insert(carts).values({ userId }).onConflictDoNothing()
  const locked = await tx
    .select({ id: carts.id, userId: carts.userId, checkoutKey: carts.checkoutKey, codes: carts.codes })
    .from(carts)
    .where(or(eq(carts.id, guest.id), eq(carts.userId, userId)))
    .orderBy(asc(carts.id))
    .for('update')
  const guests = locked.find(({ id }) => id === guest.id)
  const customers = locked.find((cart) => cart.userId === userId)!
  if (!guests) return nothing

  const lines = await listMergeLines(tx, [guests.id, customers.id])
  const ofGuest = lines.filter(({ cartId }) => cartId === guests.id)
  const ofCustomer = lines.filter(({ cartId }) => cartId === customers.id)
  await tx.delete(carts).where(eq(carts.id, guests.id))
  if (ofGuest.length === 0) return nothing
  const { lines: all, joined } = mergeLines(ofCustomer, ofGuest)
  const changed = all.filter((line) => line.cartId === guests.id)
  if (changed.length > 0)
    await tx
      .insert(cartLines)
      .values(
        changed.map(({ variantId, quantity, priceWhenAdded, searchQuery }) => ({
          cartId: customers.id,
          variantId,
          quantity,
          priceWhenAdded,
          searchQuery,
        })),
      )
      .onConflictDoUpdate({
        target: [cartLines.cartId, cartLines.variantId],
        set: {
          quantity: sql`excluded.quantity`,
          priceWhenAdded: sql`excluded.price_when_added`,
          searchQuery: sql`coalesce(excluded.search_query, ${cartLines.searchQuery})`,
        },
      })
  await tx
    .update(carts)
    .set({
      version: sql`${carts.version} + 1`,
      updatedAt: sql`now()`,
      codes: [...new Set([...guests.codes, ...customers.codes])].slice(0, maxCodes),
      ...(joined.didMerge ? {} : { checkoutKey: guests.checkoutKey }),
    })
    .where(eq(carts.id, customers.id))
  return joined
}

async function listMergeLines(
  tx: Tx,
  cartIds: number[],
): Promise<(MergeLine & { cartId: number; searchQuery: string | null })[]> {
  const rows = await tx
    .select({
      cartId: cartLines.cartId,
      variantId: cartLines.variantId,
      quantity: cartLines.quantity,
      priceWhenAdded: cartLines.priceWhenAdded,
      searchQuery: cartLines.searchQuery,
      price: variants.price,
      trackStock: variants.trackStock,
      allowBackorder: variants.allowBackorder,
      stock: variants.stock,
    })
    .from(cartLines)
    .innerJoin(variants, eq(variants.id, cartLines.variantId))
    .where(inArray(cartLines.cartId, cartIds))
    .orderBy(asc(cartLines.id))
  return rows.map((row) => ({ ...row, buyable: buyableQuantity(row) }))
}
