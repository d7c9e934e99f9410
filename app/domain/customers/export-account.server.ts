import { asc, eq, inArray } from 'drizzle-orm'
import { getCart } from '#app/domain/cart/get-cart.server.ts'
import { listConsents } from '#app/domain/consents/consents.server.ts'
import { orderName, shippingAddress } from '#app/domain/orders/orders.ts'
import { listStockAlerts } from '#app/domain/stock-alerts/stock-alerts.server.ts'
import { listOwnReviews } from '#app/domain/reviews/own-reviews.server.ts'
import { db } from '#db/client.ts'
import {
  cartLines,
  carts,
  fulfillments,
  notificationPreferences,
  notifications,
  orderLines,
  orders,
  users,
} from '#db/schema/index.ts'
import { listAddresses } from '#app/domain/accounts/addresses.server.ts'
import { listDevices } from '#app/domain/accounts/sessions.server.ts'

/**
 * All data that the shop stores about a user, for download; null when the account no longer exists. Times are
 * ISO 8601, amounts are minor units of the `currency` in the same object.
 *
 *     { account:   { email, emailVerifiedAt, name, phone, role, hasTwoFactor, createdAt },
 *       addresses: [{ name, company, line1, line2, postcode, city, region, country, phone, isDefault }],
 *       cart:      [{ title, variant, sku, quantity, unitPrice, searchQuery }],
 *       orders:    [{ name, placedAt, canceledAt, email, phone, note, shipTo: {...}, currency, subtotal,
 *                     discountTotal, shippingTotal, shippingDiscount, taxTotal, vatNumber, total, paymentMethod,
 *                     paymentState, fulfillmentState,
 *                     lines: [{ title, variant, sku, quantity, unitPrice, discountTotal, lineTotal, searchQuery }],
 *                     fulfillments: [{ carrier, trackingNumber, createdAt }] }],
 *       sessions:  [{ userAgent, createdAt, lastSeenAt }],
 *       notifications: [{ kind, subject, createdAt, readAt }],
 *       notificationPreferences: [{ kind, inApp, byEmail }],
 *       marketingConsents: [{ kind, source, text, createdAt }],
 *       stockAlerts: [{ title, variantTitle, createdAt, confirmedAt }],
 *       reviews: [{ productTitle, authorName, stars, title, text, status, rejectReason, reply, createdAt,
 *                   submittedAt }] }
 *
 * Credentials (password, two-factor secret, tokens of sessions and receipts) and staff notes are not included.
 */
export async function exportAccount(userId: number) {
  const [user] = await db
    .select({
      email: users.email,
      emailVerifiedAt: users.emailVerifiedAt,
      name: users.name,
      phone: users.phone,
      role: users.role,
      totpEnabledAt: users.totpEnabledAt,
      createdAt: users.createdAt,
    })
    .from(users)
    .where(eq(users.id, userId))
  if (!user) return null
  const [book, cart, searched, bought, devices, received, preferences, consents, alerts, written] =
    await Promise.all([
      listAddresses(userId),
      getCart({ sessionId: 0, userId }),
      db
        .select({ variantId: cartLines.variantId, searchQuery: cartLines.searchQuery })
        .from(cartLines)
        .innerJoin(carts, eq(carts.id, cartLines.cartId))
        .where(eq(carts.userId, userId)),
      exportOrders(userId),
      listDevices(userId),
      db
        .select({
          kind: notifications.kind,
          subject: notifications.subject,
          createdAt: notifications.createdAt,
          readAt: notifications.readAt,
        })
        .from(notifications)
        .where(eq(notifications.userId, userId))
        .orderBy(asc(notifications.id)),
      db
        .select({
          kind: notificationPreferences.kind,
          inApp: notificationPreferences.inApp,
          byEmail: notificationPreferences.byEmail,
        })
        .from(notificationPreferences)
        .where(eq(notificationPreferences.userId, userId)),
      listConsents(user.email),
      listStockAlerts(user.email),
      listOwnReviews({ userId, email: user.email }),
    ])
  const { totpEnabledAt, ...account } = user
  return {
    account: { ...account, hasTwoFactor: totpEnabledAt !== null },
    addresses: book.map(({ id: _id, ...address }) => address),
    cart: (cart?.lines ?? []).map(({ variantId, title, variantTitle, sku, quantity, unitPrice }) => ({
      ...{ title, variant: variantTitle, sku, quantity, unitPrice },
      searchQuery: searched.find((line) => line.variantId === variantId)?.searchQuery ?? null,
    })),
    orders: bought,
    sessions: devices.map(({ id: _id, ...device }) => device),
    notifications: received,
    notificationPreferences: preferences,
    marketingConsents: consents.map(({ kind, source, text, createdAt }) => ({
      kind,
      source,
      text,
      createdAt,
    })),
    stockAlerts: alerts,
    reviews: written.map(({ id: _id, productId: _product, handle: _handle, ...review }) => review),
  }
}

async function exportOrders(userId: number) {
  const bought = await db
    .select()
    .from(orders)
    .where(eq(orders.userId, userId))
    .orderBy(asc(orders.placedAt), asc(orders.id))
  const ids = bought.map(({ id }) => id)
  const [lines, sent] = await Promise.all([
    db.select().from(orderLines).where(inArray(orderLines.orderId, ids)).orderBy(asc(orderLines.id)),
    db.select().from(fulfillments).where(inArray(fulfillments.orderId, ids)).orderBy(asc(fulfillments.id)),
  ])
  return bought.map((order) => ({
    name: orderName(order),
    placedAt: order.placedAt,
    canceledAt: order.canceledAt,
    email: order.email,
    phone: order.phone,
    note: order.customerNote,
    shipTo: shippingAddress(order),
    currency: order.currency,
    subtotal: order.subtotal,
    discountTotal: order.discountTotal,
    shippingTotal: order.shippingTotal,
    shippingDiscount: order.shippingDiscount,
    taxTotal: order.taxTotal,
    vatNumber: order.vatNumber,
    total: order.total,
    paymentMethod: order.paymentMethod,
    paymentState: order.paymentState,
    fulfillmentState: order.fulfillmentState,
    lines: lines
      .filter(({ orderId }) => orderId === order.id)
      .map(({ title, variantTitle, sku, quantity, unitPrice, discountTotal, lineTotal, searchQuery }) => ({
        ...{ title, variant: variantTitle, sku, quantity, unitPrice, discountTotal, lineTotal, searchQuery },
      })),
    fulfillments: sent
      .filter(({ orderId }) => orderId === order.id)
      .map(({ carrier, trackingNumber, createdAt }) => ({ carrier, trackingNumber, createdAt })),
  }))
}
