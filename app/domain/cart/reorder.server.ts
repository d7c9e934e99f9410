import { asc, eq, inArray, sql } from 'drizzle-orm'
import { buyableQuantity } from '#app/domain/catalog/availability.ts'
import { isInWindow } from '#app/domain/catalog/window.server.ts'
import { transaction, type Tx } from '#db/client.ts'
import { cartLines, orderLines, orders, products, settings, variants } from '#db/schema/index.ts'
import { createCart, isNewGuest, lockCart, type NewGuest, noCart, touchCart } from './cart.server.ts'
import { maxLines, type Shopper } from './cart.ts'

/** What is not as it was when the order was placed. */
export type ReorderNote = { name: string } & (
  | { kind: 'sold-out' | 'no-longer-sold' | 'cart-full' }
  | { kind: 'fewer-left'; left: number }
  | { kind: 'price-changed'; from: number; to: number }
)

export type ReorderResult =
  | { ok: true; added: number; isInCart: boolean; notes: ReorderNote[] }
  | { ok: false; reason: 'not-found' | 'session-over' }

/**
 * Puts what was ordered into the shopper's cart, as far as it can be had: afterwards the cart holds at least as
 * much of each variant as the order, but no more than there is. So a second press of the button adds nothing.
 * `added` counts pieces; `isInCart` says whether the cart holds any of the order at all. Whoever has the order's
 * token may; changes of one cart queue up behind its row. A new guest's session begins only if there is something to add.
 */
export async function reorder(input: { shopper: Shopper | NewGuest; token: string }): Promise<ReorderResult> {
  return transaction(async (tx) => {
    const [order] = await tx
      .select({ id: orders.id, hasSameCurrency: sql<boolean>`${orders.currency} = ${settings.currency}` })
      .from(orders)
      .innerJoin(settings, sql`true`)
      .where(eq(orders.token, input.token))
    if (!order) return { ok: false, reason: 'not-found' }
    const { shopper } = input
    const ownCart = isNewGuest(shopper) ? noCart : await lockCart(tx, shopper)
    if (ownCart === null) return { ok: false, reason: 'session-over' }

    const inCart = await quantitiesOf(tx, ownCart)
    const notes: ReorderNote[] = []
    const changed: { variantId: number; quantity: number; seenPrice: number }[] = []
    let added = 0
    let isInCart = false
    for (const line of await listWanted(tx, order.id)) {
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
      if (order.hasSameCurrency && price !== line.paid)
        notes.push({ name, kind: 'price-changed', from: line.paid, to: price })
      isInCart = true
      const quantity = Math.max(before, Math.min(line.quantity, line.buyable))
      if (quantity === before) continue
      added += quantity - before
      inCart.set(variantId, quantity)
      changed.push({ variantId, quantity, seenPrice: price })
    }
    if (changed.length > 0) {
      const cartId = isNewGuest(shopper) ? await createCart(tx, shopper) : ownCart
      await tx
        .insert(cartLines)
        .values(changed.map((line) => ({ ...line, cartId })))
        .onConflictDoUpdate({
          target: [cartLines.cartId, cartLines.variantId],
          set: { quantity: sql`excluded.quantity`, seenPrice: sql`excluded.seen_price` },
        })
      await touchCart(tx, cartId)
    }
    return { ok: true, added, isInCart, notes }
  })
}

async function quantitiesOf(tx: Tx, cartId: number): Promise<Map<number, number>> {
  const lines = await tx
    .select({ variantId: cartLines.variantId, quantity: cartLines.quantity })
    .from(cartLines)
    .where(eq(cartLines.cartId, cartId))
  return new Map(lines.map((line) => [line.variantId, line.quantity]))
}

/** The order's lines with what is true of their variants now; a variant that is gone has no price. */
async function listWanted(tx: Tx, orderId: number) {
  const lines = await tx
    .select({
      variantId: orderLines.variantId,
      title: orderLines.title,
      variantTitle: orderLines.variantTitle,
      quantity: orderLines.quantity,
      paid: orderLines.unitPrice,
    })
    .from(orderLines)
    .where(eq(orderLines.orderId, orderId))
    .orderBy(asc(orderLines.id))
  const ids = lines.flatMap(({ variantId }) => variantId ?? [])
  const present = await tx
    .select({
      id: variants.id,
      price: variants.price,
      trackStock: variants.trackStock,
      sellWhenOut: variants.sellWhenOut,
      stock: variants.stock,
      isSold: isInWindow,
    })
    .from(variants)
    .innerJoin(products, eq(products.id, variants.productId))
    .where(inArray(variants.id, ids))
  return lines.map((line) => {
    const variant = present.find(({ id }) => id === line.variantId)
    return {
      ...line,
      name: line.variantTitle ? `${line.title}, ${line.variantTitle}` : line.title,
      price: variant?.price ?? null,
      isSold: variant?.isSold ?? false,
      buyable: variant ? buyableQuantity(variant) : 0,
    }
  })
}
