import { and, asc, desc, eq, exists, inArray, type SQL, sql } from 'drizzle-orm'
import { firstImage } from '#app/domain/products/first-image.server.ts'
import { type Db, db, preparedQuery } from '#db/client.ts'
import {
  fulfillmentLines,
  fulfillments,
  emails,
  invoices,
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
  const [found] = await selectOrderByToken({ token })
  if (!found) return null
  const { sessionId: _session, ...order } = found.order
  return { ...(await withParts(found)), order: toShown(order) }
}

const selectOrderByToken = preparedQuery((db) =>
  selectOrder(db)
    .where(eq(orders.token, sql.placeholder('token')))
    .prepare('order_by_token'),
)

/** The order as an email about it shows it; null when there is none. */
export async function getOrderForEmail(orderId: number) {
  const [found] = await selectOrderForEmail({ orderId })
  return found ? { ...(await withParts(found)), order: toShown(found.order) } : null
}

const selectOrderForEmail = preparedQuery((db) =>
  selectOrder(db)
    .where(eq(orders.id, sql.placeholder('orderId')))
    .prepare('order_for_email'),
)

/** The order, and what else there is of it: a new order has none of these, so they are not read. */
function selectOrder(db: Db) {
  const has = (part: typeof fulfillments | typeof invoices | typeof orderEvents, condition?: SQL) =>
    sql<boolean>`${exists(
      db
        .select({ one: sql`1` })
        .from(part)
        .where(and(eq(part.orderId, orders.id), condition)),
    )}`
  return db
    .select({
      order: orders,
      hasFulfillments: has(fulfillments),
      hasInvoices: has(invoices),
      hasMessages: has(orderEvents, eq(orderEvents.kind, 'message')),
    })
    .from(orders)
}

async function withParts(found: Awaited<ReturnType<typeof selectOrderByToken>>[number]) {
  const { order, hasFulfillments, hasInvoices, hasMessages } = found
  const [lines, sent] = await Promise.all([
    listOrderLines(order.id),
    hasFulfillments ? listFulfillments(order.id) : [],
  ])
  return { lines, fulfillments: sent, hasInvoices, hasMessages }
}

/** Without what only commands use. */
function toShown<Row extends Pick<Stored, 'contentHash' | 'checkoutKey' | 'pricingTerms'>>(row: Row) {
  const { contentHash: _hash, checkoutKey: _key, pricingTerms: _terms, ...shown } = row
  return shown
}

type Stored = typeof orders.$inferSelect

/** What staff wrote to the customer of an order, oldest first. */
export function listMessages(orderId: number) {
  return db
    .select({ id: orderEvents.id, text: orderEvents.detail, createdAt: orderEvents.createdAt })
    .from(orderEvents)
    .where(and(eq(orderEvents.orderId, orderId), eq(orderEvents.kind, 'message')))
    .orderBy(asc(orderEvents.id))
}

/** What staff wrote with an event of an order; empty when they wrote nothing. */
export async function getEventText(eventId: number): Promise<string> {
  const [event] = await db
    .select({ text: orderEvents.detail })
    .from(orderEvents)
    .where(eq(orderEvents.id, eventId))
  return event?.text ?? ''
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
  return { order: toShown(order), lines, fulfillments: sent, events, payments: received, emails: sentEmails }
}

async function listOrderLines(orderId: number): Promise<OrderLine[]> {
  const rows = await selectOrderLines({ orderId })
  return rows.map(({ line, image }) => ({
    ...line,
    // A ready image has its dimensions.
    image: image?.hash ? { ...image, width: image.width!, height: image.height! } : null,
  }))
}

const selectOrderLines = preparedQuery((db) => {
  const image = firstImage(db)
  const { hash, width, height, color } = image
  return db
    .select({ line: orderLines, image: { hash, width, height, color } })
    .from(orderLines)
    .leftJoin(products, eq(products.id, orderLines.productId))
    .leftJoinLateral(image, sql`true`)
    .where(eq(orderLines.orderId, sql.placeholder('orderId')))
    .orderBy(asc(orderLines.id))
    .prepare('order_lines')
})

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
