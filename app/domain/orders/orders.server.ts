import { asc, desc, eq, inArray, sql } from 'drizzle-orm'
import { db, preparedQuery } from '#db/client.ts'
import {
  fulfilmentLines,
  fulfilments,
  mails,
  media,
  orderEvents,
  orderLines,
  orders,
  payments,
  productImages,
  users,
} from '#db/schema/index.ts'
import { and } from 'drizzle-orm'

export type OrderLine = typeof orderLines.$inferSelect & {
  image: { hash: string; width: number; height: number; color: string | null } | null
}
export type Fulfilment = typeof fulfilments.$inferSelect & {
  lines: { orderLineId: number; quantity: number }[]
}

/** The order as its buyer sees it; null for an unknown token, which is all it takes to see it. */
export async function getReceipt(token: string) {
  const [order] = await selectOrderByToken({ token })
  if (!order) return null
  const [lines, sent] = await Promise.all([listOrderLines(order.id), listFulfilments(order.id)])
  const { contentHash: _hash, checkoutKey: _key, sessionId: _session, ...shown } = order
  return { order: shown, lines, fulfilments: sent }
}

const selectOrderByToken = preparedQuery((db) =>
  db
    .select()
    .from(orders)
    .where(eq(orders.token, sql.placeholder('token')))
    .prepare('order_by_token'),
)

/** The order as staff see it, with its timeline (newest first), payments and mails; null when there is none. */
export async function getOrder(orderId: number) {
  const [order] = await db.select().from(orders).where(eq(orders.id, orderId))
  if (!order) return null
  const [lines, sent, events, received, sentMails] = await Promise.all([
    listOrderLines(orderId),
    listFulfilments(orderId),
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
      .select({ id: mails.id, kind: mails.kind, status: mails.status, createdAt: mails.createdAt })
      .from(mails)
      .where(eq(mails.orderId, orderId))
      .orderBy(asc(mails.id)),
  ])
  const { contentHash: _hash, checkoutKey: _key, ...shown } = order
  return { order: shown, lines, fulfilments: sent, events, payments: received, mails: sentMails }
}

async function listOrderLines(orderId: number): Promise<OrderLine[]> {
  const lines = await selectOrderLines({ orderId })
  const productIds = lines.flatMap((line) => (line.productId === null ? [] : [line.productId]))
  if (productIds.length === 0) return lines.map((line) => ({ ...line, image: null }))
  const images = await db
    .select({
      productId: productImages.productId,
      hash: media.hash,
      width: media.width,
      height: media.height,
      color: media.color,
    })
    .from(productImages)
    .innerJoin(media, and(eq(media.hash, productImages.mediaHash), eq(media.status, 'ready')))
    .where(inArray(productImages.productId, productIds))
    .orderBy(asc(productImages.position), asc(productImages.id))
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

async function listFulfilments(orderId: number): Promise<Fulfilment[]> {
  const sent = await selectFulfilments({ orderId })
  if (sent.length === 0) return []
  const lines = await db
    .select()
    .from(fulfilmentLines)
    .where(
      inArray(
        fulfilmentLines.fulfilmentId,
        sent.map(({ id }) => id),
      ),
    )
  return sent.map((one) => ({ ...one, lines: lines.filter((line) => line.fulfilmentId === one.id) }))
}

const selectFulfilments = preparedQuery((db) =>
  db
    .select()
    .from(fulfilments)
    .where(eq(fulfilments.orderId, sql.placeholder('orderId')))
    .orderBy(asc(fulfilments.id))
    .prepare('fulfilments'),
)
