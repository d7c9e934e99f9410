import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import { buyableQuantity, maxQuantity } from '#app/domain/stock/availability.ts'
import { isBuyable, isPublished } from '#app/domain/products/published.server.ts'
import { db, transaction, type Tx } from '#db/client.ts'
import { cartLines, carts, products, sessions, users, variants } from '#db/schema/index.ts'
import { type AddResult, type CartOwner, maxLines, type SetQuantityResult, type Shopper } from './cart.ts'

/** A visitor without a session: `beginSession` creates one, as a step of the command's transaction. */
export type NewGuest = { beginSession: (tx: Tx) => Promise<Shopper> }

export const isNewGuest = (shopper: Shopper | NewGuest): shopper is NewGuest => 'beginSession' in shopper

/**
 * The variant that a form of a product's page asks for: the one with the picked option values, where one that can be
 * bought comes first; without any, the variant with this id, else the first. `variantId` is null when no variant has
 * these values. Null for a product that shoppers cannot see.
 */
export async function findVariant(asked: {
  product: string
  /** One value per option; empty where nothing was picked. */
  values: string[]
  variantId: number | undefined
}): Promise<{ variantId: number | null } | null> {
  const picked = asked.values.flatMap((value, index) =>
    // A value beyond the product's options does not count.
    value ? [sql`coalesce(${variants.optionValues}[${sql.raw(String(index + 1))}] = ${value}, true)`] : [],
  )
  const byId = picked.length === 0 && asked.variantId ? [desc(eq(variants.id, asked.variantId))] : []
  const [found] = await db
    .select({ variantId: variants.id })
    .from(products)
    .leftJoin(variants, and(eq(variants.productId, products.id), ...picked))
    .where(and(eq(products.handle, asked.product), isPublished))
    .orderBy(...byId, desc(isBuyable), asc(variants.position), asc(variants.id))
    .limit(1)
  return found ?? null
}

/**
 * Adds a quantity of a variant to the shopper's cart, on top of what is there. Refuses more than is available (`left`
 * says how many more could be added), a variant that is not published or has no price, and more than `maxLines` lines.
 * A new guest's session starts only if nothing is refused. Serializes changes of one cart by locking its row.
 */
export async function addToCart(input: {
  shopper: Shopper | NewGuest
  variantId: number
  quantity: number
  /** The search that led to the product, as `countedQuery` folds it. */
  searchQuery?: string | null
}): Promise<AddResult> {
  return transaction(async (tx) => {
    const { shopper, searchQuery = null } = input
    const ownCart = isNewGuest(shopper) ? noCart : await lockCart(tx, shopper)
    if (ownCart === null) return { ok: false, reason: 'session-expired', left: 0 }
    const [variant] = await tx
      .select({
        price: variants.price,
        trackStock: variants.trackStock,
        allowBackorder: variants.allowBackorder,
        stock: variants.stock,
        optionValues: variants.optionValues,
        title: products.title,
        inCart: sql<number>`coalesce(${cartLines.quantity}, 0)`,
        lines: sql<number>`(select count(*)::int from ${cartLines} l where l.cart_id = ${ownCart})`,
      })
      .from(variants)
      .innerJoin(products, eq(products.id, variants.productId))
      .leftJoin(cartLines, and(eq(cartLines.variantId, variants.id), eq(cartLines.cartId, ownCart)))
      .where(and(eq(variants.id, input.variantId), isPublished))
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
      .values({ cartId, variantId: input.variantId, quantity, priceWhenAdded: variant.price, searchQuery })
      .onConflictDoUpdate({
        target: [cartLines.cartId, cartLines.variantId],
        set: { quantity, priceWhenAdded: variant.price, ...(searchQuery !== null && { searchQuery }) },
      })
    const version = await bumpCartVersion(tx, cartId)
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
 * Sets a line's quantity; 0 removes it and returns what was removed, so that it can be restored. Refuses more than is
 * available. `priceWhenAdded` is the price that the shopper saw.
 */
export async function setLineQuantity(input: {
  shopper: Shopper
  variantId: number
  quantity: number
  priceWhenAdded?: number
}): Promise<SetQuantityResult> {
  return transaction(async (tx) => {
    const cartId = await lockCart(tx, input.shopper)
    if (cartId === null) return { ok: false, reason: 'session-expired', left: 0 }
    const ofLine = and(eq(cartLines.cartId, cartId), eq(cartLines.variantId, input.variantId))
    const [line] = await tx
      .select({
        quantity: cartLines.quantity,
        price: variants.price,
        trackStock: variants.trackStock,
        allowBackorder: variants.allowBackorder,
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
      return { ok: true, version: await bumpCartVersion(tx, cartId), removed }
    }
    const buyable = buyableQuantity(line)
    // A decrease is always allowed, even while it is still more than available.
    if (input.quantity > buyable && input.quantity >= line.quantity)
      return { ok: false, reason: 'too-many', left: buyable }
    await tx
      .update(cartLines)
      .set({
        quantity: Math.min(input.quantity, maxQuantity),
        priceWhenAdded: input.priceWhenAdded ?? undefined,
      })
      .where(ofLine)
    return { ok: true, version: await bumpCartVersion(tx, cartId), removed: null }
  })
}

/** Condition for the owner's one cart. */
export function isCartOf(owner: CartOwner): SQL {
  if (owner.sessionId === null) return eq(carts.draftId, owner.draftId)
  const { sessionId, userId } = owner
  return userId === null ? eq(carts.sessionId, sessionId) : eq(carts.userId, userId)
}

/** A cart id that never exists. */
export const noCart = 0

/** The cart of a guest whose session starts with it. */
export async function createCart(tx: Tx, guest: NewGuest): Promise<number> {
  const cartId = await lockCart(tx, await guest.beginSession(tx))
  if (cartId === null) throw new Error('The new session has no cart')
  return cartId
}

/** Locks the shopper's cart, created if there is none, and returns its id; null when the session has ended. */
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
  const [created] = await tx.execute<{ id: string }>(
    sql`insert into ${carts} (session_id, user_id) ${owner.for('key share')}
      on conflict do nothing returning id`,
  )
  // Nobody else sees it yet.
  if (created) return Number(created.id)
  const [cart] = await tx.select({ id: carts.id }).from(carts).where(isCartOf(shopper)).for('update')
  return cart?.id ?? null
}

/** Increments the cart's version. */
export async function bumpCartVersion(tx: Tx, cartId: number): Promise<number> {
  const [row] = await tx
    .update(carts)
    .set({ version: sql`${carts.version} + 1`, updatedAt: sql`now()` })
    .where(eq(carts.id, cartId))
    .returning({ version: carts.version })
  return row!.version
}

/** Removes all lines and codes after the order is placed. The new checkoutKey lets the same shopper place another order. */
export async function emptyCart(tx: Tx, cartId: number): Promise<void> {
  await Promise.all([
    tx.delete(cartLines).where(eq(cartLines.cartId, cartId)),
    tx
      .update(carts)
      .set({
        checkoutKey: sql`gen_random_uuid()`,
        codes: [],
        version: sql`${carts.version} + 1`,
        updatedAt: sql`now()`,
      })
      .where(eq(carts.id, cartId)),
  ])
}
