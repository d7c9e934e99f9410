import { and, eq, sql } from 'drizzle-orm'
import { buyableQuantity, maxQuantity } from '#app/domain/catalog/availability.ts'
import { isInWindow } from '#app/domain/catalog/window.server.ts'
import { transaction, type Tx } from '#db/client.ts'
import { cartLines, carts, products, sessions, users, variants } from '#db/schema/index.ts'
import { type AddResult, maxLines, type SetQuantityResult, type Shopper } from './cart.ts'
import { isCartOf } from './get-cart.server.ts'

/** A visitor without a session: `beginSession` makes them a shopper, as a step of the command's transaction. */
export type NewGuest = { beginSession: (tx: Tx) => Promise<Shopper> }

export const isNewGuest = (shopper: Shopper | NewGuest): shopper is NewGuest => 'beginSession' in shopper

/**
 * Puts so many of a variant into the shopper's cart, on top of what is there. Refuses more than can be
 * bought now (`left` says how many more could be added), a variant that shoppers cannot see or that has no
 * price, and more than `maxLines` lines. A new guest's session begins only if nothing is refused. Changes of one cart
 * queue up behind its row.
 */
export async function addToCart(input: {
  shopper: Shopper | NewGuest
  variantId: number
  quantity: number
}): Promise<AddResult> {
  return transaction(async (tx) => {
    const { shopper } = input
    const ownCart = isNewGuest(shopper) ? noCart : await lockCart(tx, shopper)
    if (ownCart === null) return { ok: false, reason: 'session-over', left: 0 }
    const [variant] = await tx
      .select({
        price: variants.price,
        trackStock: variants.trackStock,
        sellWhenOut: variants.sellWhenOut,
        stock: variants.stock,
        optionValues: variants.optionValues,
        title: products.title,
        inCart: sql<number>`coalesce(${cartLines.quantity}, 0)`,
        lines: sql<number>`(select count(*)::int from ${cartLines} l where l.cart_id = ${ownCart})`,
      })
      .from(variants)
      .innerJoin(products, eq(products.id, variants.productId))
      .leftJoin(cartLines, and(eq(cartLines.variantId, variants.id), eq(cartLines.cartId, ownCart)))
      .where(and(eq(variants.id, input.variantId), isInWindow))
    if (!variant) return { ok: false, reason: 'not-found', left: 0 }
    if (variant.price === null) return { ok: false, reason: 'not-for-sale', left: 0 }
    const buyable = buyableQuantity(variant)
    if (buyable === 0) return { ok: false, reason: 'sold-out', left: 0 }
    const quantity = variant.inCart + input.quantity
    if (quantity > buyable)
      return { ok: false, reason: 'too-many', left: Math.max(0, buyable - variant.inCart) }
    if (variant.inCart === 0 && variant.lines >= maxLines) return { ok: false, reason: 'cart-full', left: 0 }
    const cartId = isNewGuest(shopper) ? await createCart(tx, shopper) : ownCart
    await tx
      .insert(cartLines)
      .values({ cartId, variantId: input.variantId, quantity, seenPrice: variant.price })
      .onConflictDoUpdate({
        target: [cartLines.cartId, cartLines.variantId],
        set: { quantity, seenPrice: variant.price },
      })
    const version = await touchCart(tx, cartId)
    return {
      ok: true,
      version,
      quantity,
      title: variant.title,
      variantTitle: variant.optionValues.join(' / '),
    }
  })
}

/**
 * Sets a line to a quantity; 0 takes it out and says what was taken, so that it can be put back. More than
 * can be bought now is refused. `seenPrice` is the price the shopper was looking at.
 */
export async function setLineQuantity(input: {
  shopper: Shopper
  variantId: number
  quantity: number
  seenPrice?: number
}): Promise<SetQuantityResult> {
  return transaction(async (tx) => {
    const cartId = await lockCart(tx, input.shopper)
    if (cartId === null) return { ok: false, reason: 'session-over', left: 0 }
    const ofLine = and(eq(cartLines.cartId, cartId), eq(cartLines.variantId, input.variantId))
    const [line] = await tx
      .select({
        quantity: cartLines.quantity,
        price: variants.price,
        trackStock: variants.trackStock,
        sellWhenOut: variants.sellWhenOut,
        stock: variants.stock,
        title: products.title,
      })
      .from(cartLines)
      .innerJoin(variants, eq(variants.id, cartLines.variantId))
      .innerJoin(products, eq(products.id, variants.productId))
      .where(ofLine)
    if (!line) return { ok: false, reason: 'not-found', left: 0 }
    if (input.quantity === 0) {
      await tx.delete(cartLines).where(ofLine)
      const removed = { variantId: input.variantId, quantity: line.quantity, title: line.title }
      return { ok: true, version: await touchCart(tx, cartId), removed }
    }
    const buyable = buyableQuantity(line)
    // Fewer than before is always fine, even while it is still more than there is.
    if (input.quantity > buyable && input.quantity >= line.quantity)
      return { ok: false, reason: 'too-many', left: buyable }
    await tx
      .update(cartLines)
      .set({ quantity: Math.min(input.quantity, maxQuantity), seenPrice: input.seenPrice ?? undefined })
      .where(ofLine)
    return { ok: true, version: await touchCart(tx, cartId), removed: null }
  })
}

/** The id of no cart. */
export const noCart = 0

/** The cart of a guest whose session begins with it. */
export async function createCart(tx: Tx, guest: NewGuest): Promise<number> {
  const cartId = await lockCart(tx, await guest.beginSession(tx))
  if (cartId === null) throw new Error('A session that has just begun has no cart')
  return cartId
}

/** Locks the shopper's cart, made now if there is none, and returns its id; null when the session is over. */
export async function lockCart(tx: Tx, shopper: Shopper): Promise<number | null> {
  const { sessionId, userId } = shopper
  const owner =
    userId === null
      ? tx
          .select({ sessionId: sessions.id, userId: sql<null>`null::bigint` })
          .from(sessions)
          .where(eq(sessions.id, sessionId))
      : tx
          .select({ sessionId: sql<null>`null::bigint`, userId: users.id })
          .from(users)
          .where(eq(users.id, userId))
  await tx.execute(
    sql`insert into ${carts} (session_id, user_id) ${owner.for('key share')} on conflict do nothing`,
  )
  const [cart] = await tx.select({ id: carts.id }).from(carts).where(isCartOf(shopper)).for('update')
  return cart?.id ?? null
}

/** The cart is another one now: its version goes up. */
export async function touchCart(tx: Tx, cartId: number): Promise<number> {
  const [row] = await tx
    .update(carts)
    .set({ version: sql`${carts.version} + 1`, updatedAt: sql`now()` })
    .where(eq(carts.id, cartId))
    .returning({ version: carts.version })
  return row!.version
}
