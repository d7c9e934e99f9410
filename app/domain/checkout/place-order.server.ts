import { createHash } from 'node:crypto'
import { asc, eq, sql } from 'drizzle-orm'
import { saveAddress } from '#app/domain/accounts/addresses.server.ts'
import { emptyCart, isCartOf } from '#app/domain/cart/cart.server.ts'
import type { Shopper } from '#app/domain/cart/cart.ts'
import { calculateTotals } from '#app/domain/pricing/totals.ts'
import { buyableQuantity } from '#app/domain/stock/availability.ts'
import { takeStock } from '#app/domain/stock/stock.server.ts'
import { isPublished } from '#app/domain/products/published.server.ts'
import { maxAmount } from '#app/domain/money.ts'
import { notifyCustomer, notifyStaff } from '#app/domain/notifications/notify.server.ts'
import { addOrderEvent, insertOrder, insertOrderLines } from '#app/domain/orders/insert-order.server.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import { listPaymentMethods } from '#app/domain/payments/payments.ts'
import type { Settings } from '#app/domain/settings/settings.server.ts'
import { listShippingOptions } from '#app/domain/shipping/shipping.ts'
import { transaction, type Tx } from '#db/client.ts'
import { cartLines, carts, orders, products, variants } from '#db/schema/index.ts'
import type { CheckoutInput } from './checkout.schema.ts'
import type { PlaceOrderResult } from './checkout.ts'

type Placing = { shopper: Shopper; form: CheckoutInput; settings: Settings; now: Date }

/**
 * Turns the shopper's cart into one order: check, price, write, enqueue, all in one transaction. Guarantees: the same
 * form (its checkoutKey) creates the same order however often and from however many tabs it is sent; the order's total
 * is the one the form showed; a variant that tracks stock and does not allow backorders is never sold below zero; the
 * confirmation email is queued if and only if the order exists. Locks: the cart row first (a second submit waits there
 * and then finds the order), then the variants in id order.
 */
export async function placeOrder(placing: Placing): Promise<PlaceOrderResult> {
  const { form, settings } = placing
  return transaction(async (tx) => {
    const cart = await lockCartForCheckout(tx, placing.shopper)
    if (!cart) return { ok: false, reason: 'empty-cart' }
    const earlier = await findEarlierOrder(tx, placing)
    if (earlier) return earlier
    if (cart.checkoutKey !== form.checkoutKey) return { ok: false, reason: 'stale-form' }

    const lines = await lockLines(tx, cart.id)
    if (lines.length === 0) return { ok: false, reason: 'empty-cart' }
    const sellable = lines.filter((line) => line.isSold && buyableQuantity(line) >= line.quantity)
    if (sellable.length < lines.length) return { ok: false, reason: 'lines-unavailable' }
    if (settings.shippingCountries.length > 0 && !settings.shippingCountries.includes(form.country))
      return { ok: false, reason: 'country-not-served' }
    const shipping = listShippingOptions(settings, lines, placing.now).find(
      ({ id }) => id === form.shippingMethod,
    )
    if (!shipping) return { ok: false, reason: 'shipping-not-offered' }
    if (!listPaymentMethods(settings).some(({ id }) => id === form.payment))
      return { ok: false, reason: 'payment-not-offered' }

    const priced = lines.map((line) => ({ ...line, unitPrice: line.price! }))
    const totals = calculateTotals(priced, shipping)
    if (totals.total > maxAmount) return { ok: false, reason: 'amount-too-large' }
    if (totals.total !== form.shownTotal) return { ok: false, reason: 'total-changed' }

    const order = await insertOrder(tx, { ...toOrder(placing), ...totals, shippingLabel: shipping.label })
    const name = orderName(order)
    const [took] = await Promise.all([
      takeStock(tx, { orderId: order.id, lines: priced }),
      insertOrderLines(tx, order.id, priced),
      addOrderEvent(tx, { orderId: order.id, kind: 'placed' }),
      emptyCart(tx, cart.id),
      notifyCustomer(tx, 'order-confirmed', { ...order, name }),
      notifyStaff(tx, 'new-order', { key: `order:${order.id}`, subject: name, orderId: order.id }),
    ])
    if (!took) throw new Error(`Order ${order.id}: locked stock is missing`)
    for (const line of lowStockLines(priced, took, settings.lowStockThreshold))
      await notifyStaff(tx, 'low-stock', {
        key: `order:${order.id}:low:${line.variantId}`,
        subject: [line.title, line.variantTitle].filter(Boolean).join(', '),
        productId: line.productId,
      })
    const { userId } = placing.shopper
    if (userId !== null && form.keepAddress) await saveAddress(tx, userId, form)
    return { ok: true, orderId: order.id, token: order.token, isNew: true }
  })
}

async function lockCartForCheckout(tx: Tx, shopper: Shopper) {
  const [cart] = await tx
    .select({ id: carts.id, checkoutKey: carts.checkoutKey })
    .from(carts)
    .where(isCartOf(shopper))
    .for('update')
  return cart ?? null
}

/** The order that this form already created, if any. Another shopper's key finds nothing. */
async function findEarlierOrder(tx: Tx, { shopper, form }: Placing): Promise<PlaceOrderResult | null> {
  const [order] = await tx
    .select({
      id: orders.id,
      token: orders.token,
      sessionId: orders.sessionId,
      userId: orders.userId,
      contentHash: orders.contentHash,
    })
    .from(orders)
    .where(eq(orders.checkoutKey, form.checkoutKey))
  if (!order) return null
  const isTheirs =
    order.sessionId === shopper.sessionId || (shopper.userId !== null && order.userId === shopper.userId)
  if (!isTheirs) return { ok: false, reason: 'stale-form' }
  if (!order.contentHash.equals(contentHash(form)))
    return { ok: false, reason: 'already-placed', token: order.token }
  return { ok: true, orderId: order.id, token: order.token, isNew: false }
}

/**
 * The cart's lines, in the cart's order, with the current state of their variants, which stay locked until the
 * transaction ends.
 */
async function lockLines(tx: Tx, cartId: number) {
  const lines = await tx
    .select({
      cartLineId: cartLines.id,
      variantId: variants.id,
      productId: products.id,
      title: products.title,
      optionValues: variants.optionValues,
      variantTitle: sql<string>`array_to_string(${variants.optionValues}, ' / ')`,
      sku: variants.sku,
      quantity: cartLines.quantity,
      price: variants.price,
      trackStock: variants.trackStock,
      allowBackorder: variants.allowBackorder,
      stock: variants.stock,
      requiresShipping: variants.requiresShipping,
      isSold: isPublished,
    })
    .from(cartLines)
    .innerJoin(variants, eq(variants.id, cartLines.variantId))
    .innerJoin(products, eq(products.id, variants.productId))
    .where(eq(cartLines.cartId, cartId))
    .orderBy(asc(variants.id))
    .for('update', { of: variants })
  return lines.sort((a, b) => a.cartLineId - b.cartLineId)
}

/** The lines that reduced a variant's stock to the low-stock threshold or below it. */
function lowStockLines<L extends { variantId: number; quantity: number }>(
  lines: L[],
  took: { variantId: number; left: number }[],
  threshold: number,
): L[] {
  return lines.filter(({ variantId, quantity }) =>
    took.some(
      (one) => one.variantId === variantId && one.left <= threshold && one.left + quantity > threshold,
    ),
  )
}

/** What the form and the settings contribute to the order's row. */
function toOrder({ shopper, form, settings }: Placing) {
  return {
    numberPrefix: settings.orderPrefix,
    checkoutKey: form.checkoutKey,
    contentHash: contentHash(form),
    sessionId: shopper.sessionId,
    userId: shopper.userId,
    email: form.email,
    phone: form.phone,
    customerNote: form.note,
    shipName: form.name,
    shipCompany: form.company,
    shipLine1: form.line1,
    shipLine2: form.line2,
    shipPostcode: form.postcode,
    shipCity: form.city,
    shipRegion: form.region,
    shipCountry: form.country,
    paymentMethod: form.payment,
    currency: settings.currency,
  }
}

function contentHash(form: CheckoutInput): Buffer {
  return createHash('sha256').update(JSON.stringify(form)).digest()
}
