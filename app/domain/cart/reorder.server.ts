import { asc, eq, inArray, sql } from 'drizzle-orm'
import { buyableQuantity } from '#app/domain/stock/availability.ts'
import { isPublished } from '#app/domain/products/published.server.ts'
import { transaction, type Tx } from '#db/client.ts'
import { cartLines, orderLines, orders, products, settings, variants } from '#db/schema/index.ts'
import { createCart, isNewGuest, lockCart, type NewGuest, noCart, bumpCartVersion } from './cart.server.ts'
import { maxLines, type Shopper } from './cart.ts'

/** What has changed since the order was placed. */
export type ReorderNote = { name: string } & (
  | { kind: 'sold-out' | 'no-longer-sold' | 'cart-full' }
  | { kind: 'fewer-left'; left: number }
  | { kind: 'price-changed'; from: number; to: number }
)

export type ReorderResult =
  | { ok: true; added: number; isInCart: boolean; notes: ReorderNote[] }
  | { ok: false; reason: 'not-found' | 'session-expired' }

/**
 * Adds an order's lines to the shopper's cart, as far as available: afterwards the cart holds at least the ordered
 * quantity of each variant, but no more than is available. So a second submit adds nothing. `added` counts items;
 * `isInCart` says whether the cart holds any of the order. Requires only the order's token. Serializes changes of one
 * cart by locking its row. A new guest's session starts only if there is something to add.
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
    if (ownCart === null) return { ok: false, reason: 'session-expired' }

    const inCart = await quantitiesOf(tx, ownCart)
    const notes: ReorderNote[] = []
    const changed: { variantId: number; quantity: number; priceWhenAdded: number }[] = []
    let added = 0
    let isInCart = false
    for (const line of await listReorderLines(tx, order.id)) {
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
  })
}

async function quantitiesOf(tx: Tx, cartId: number): Promise<Map<number, number>> {
  const lines = await tx
    .select({ variantId: cartLines.variantId, quantity: cartLines.quantity })
    .from(cartLines)
    .where(eq(cartLines.cartId, cartId))
  return new Map(lines.map((line) => [line.variantId, line.quantity]))
}

/** The order's lines with the current state of their variants; a deleted variant has no price. */
async function listReorderLines(tx: Tx, orderId: number) {
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
      allowBackorder: variants.allowBackorder,
      stock: variants.stock,
      isSold: isPublished,
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
