import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import { firstImage } from '#app/domain/products/first-image.server.ts'
import { db, preparedQuery } from '#db/client.ts'
import {
  fulfillmentLines,
  fulfillments,
  emails,
  orderEvents,
  orderLines,
  orders,
  payments,
  products,
  users,
} from '#db/schema/index.ts'

export type OrderLine = typeof orderLines.$inferSelect & {
  image: { hash: string; width: number; height: number; color: string | null } | null
}
export type Fulfillment = typeof fulfillments.$inferSelect & {
  lines: { orderLineId: number; quantity: number }[]
}

/** The order as its customer sees it; null for an unknown token. The token is all that is needed to view it. */
export async function getOrderByToken(token: string) {
  const [order] = await selectOrderByToken({ token })
  if (!order) return null
  const [lines, sent] = await Promise.all([listOrderLines(order.id), listFulfillments(order.id)])
  const { contentHash: _hash, checkoutKey: _key, sessionId: _session, pricingTerms: _terms, ...shown } = order
  return { order: shown, lines, fulfillments: sent }
}

const selectOrderByToken = preparedQuery((db) =>
  db
    .select()
    .from(orders)
    .where(eq(orders.token, sql.placeholder('token')))
    .prepare('order_by_token'),
)

/** What staff wrote to the customer of an order, oldest first. */
export function listMessages(orderId: number) {
  return db
    .select({ id: orderEvents.id, text: orderEvents.detail, createdAt: orderEvents.createdAt })
    .from(orderEvents)
    .where(and(eq(orderEvents.orderId, orderId), eq(orderEvents.kind, 'message')))
    .orderBy(asc(orderEvents.id))
}

/** The order for staff, with its timeline (newest first), payments and emails; null when there is none. */
export async function getOrder(orderId: number) {
  const [order] = await db.select().from(orders).where(eq(orders.id, orderId))
  if (!order) return null
  const [lines, sent, events, received, sentEmails] = await Promise.all([
    listOrderLines(orderId),
    listFulfillments(orderId),
    db
      .select({
        id: orderEvents.id,
        kind: orderEvents.kind,
        detail: orderEvents.detail,
        createdAt: orderEvents.createdAt,
        by: users.name,
      })
      .from(orderEvents)
      .leftJoin(users, eq(users.id, orderEvents.byUserId))
      .where(eq(orderEvents.orderId, orderId))
      .orderBy(desc(orderEvents.id)),
    db.select().from(payments).where(eq(payments.orderId, orderId)).orderBy(asc(payments.id)),
    db
      .select({ id: emails.id, kind: emails.kind, status: emails.status, createdAt: emails.createdAt })
      .from(emails)
      .where(eq(emails.orderId, orderId))
      .orderBy(asc(emails.id)),
  ])
  const { contentHash: _hash, checkoutKey: _key, pricingTerms: _terms, ...shown } = order
  return { order: shown, lines, fulfillments: sent, events, payments: received, emails: sentEmails }
}

async function listOrderLines(orderId: number): Promise<OrderLine[]> {
  const lines = await selectOrderLines({ orderId })
  const productIds = lines.flatMap((line) => (line.productId === null ? [] : [line.productId]))
  if (productIds.length === 0) return lines.map((line) => ({ ...line, image: null }))
  const image = firstImage(db)
  const images = await db
    .select({
      productId: products.id,
      hash: image.hash,
      width: image.width,
      height: image.height,
      color: image.color,
    })
    .from(products)
    .innerJoinLateral(image, sql`true`)
    .where(inArray(products.id, productIds))
  return lines.map((line) => {
    const image = images.find(({ productId }) => productId === line.productId)
    return {
      ...line,
      image: image
        ? { hash: image.hash, width: image.width!, height: image.height!, color: image.color }
        : null,
    }
  })
}

const selectOrderLines = preparedQuery((db) =>
  db
    .select()
    .from(orderLines)
    .where(eq(orderLines.orderId, sql.placeholder('orderId')))
    .orderBy(asc(orderLines.id))
    .prepare('order_lines'),
)

async function listFulfillments(orderId: number): Promise<Fulfillment[]> {
  const sent = await selectFulfillments({ orderId })
  if (sent.length === 0) return []
  const lines = await db
    .select()
    .from(fulfillmentLines)
    .where(
      inArray(
        fulfillmentLines.fulfillmentId,
        sent.map(({ id }) => id),
      ),
    )
  return sent.map((one) => ({ ...one, lines: lines.filter((line) => line.fulfillmentId === one.id) }))
}

const selectFulfillments = preparedQuery((db) =>
  db
    .select()
    .from(fulfillments)
    .where(eq(fulfillments.orderId, sql.placeholder('orderId')))
    .orderBy(asc(fulfillments.id))
    .prepare('fulfillments'),
)
