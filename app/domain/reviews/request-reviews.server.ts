import { and, asc, eq, lt, type SQL, sql } from 'drizzle-orm'
import { hasConsented } from '#app/domain/consents/consents.server.ts'
import { enqueueShopperEmails } from '#app/domain/mail/outbox.server.ts'
import { readSignedLink } from '#app/domain/mail/signed-links.server.ts'
import { readSettings } from '#app/domain/settings/settings.server.ts'
import { db, transaction } from '#db/client.ts'
import {
  fulfillmentLines,
  fulfillments,
  orderLines,
  orders,
  products,
  reviewRequests,
  reviews,
  users,
} from '#db/schema/index.ts'
import type { ReviewAuthor } from './submit-review.server.ts'

/** Orders that were due longer ago are not asked about: turning the setting on does not ask about old ones. */
const daysToAsk = 7

/** How long the link of a request works. */
export const requestDays = 180

/** Requests of one run; the rest follow with the next. */
const atMost = 500

/**
 * Queues an email that asks for reviews of each order whose last delivery is as many days ago as the settings say, if
 * its mailbox agreed to marketing emails. Once per order, and once a week per address. Not for an order that was canceled or
 * refunded, that has items which are not delivered yet, or whose products are all reviewed. Returns how many were
 * queued.
 */
export async function requestReviews(now: Date): Promise<number> {
  const days = (await readSettings())?.reviewRequestDays
  if (!days) return 0
  return transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('request-reviews', 0))`)
    const rows = await tx.execute<{ id: number; order_id: number; email: string }>(insertRequests(now, days))
    await enqueueShopperEmails(
      tx,
      rows.map(({ id, order_id: orderId, email: to }) => ({
        ...{ kind: 'review-request' as const, to, about: `review-request:${id}`, orderId },
        reviewRequestId: id,
      })),
    )
    return rows.length
  })
}

/** Writes a request for the newest due order of each address. */
function insertRequests(now: Date, days: number): SQL {
  const at = sql`${now.toISOString()}::timestamptz`
  return sql`
    insert into ${reviewRequests} (order_id, email, created_at)
    select distinct on (o.email) o.id, o.email, ${at}
    from (${deliveredOrders(at, days)}) delivered join ${orders} o on o.id = delivered.order_id
    where o.canceled_at is null and o.payment_state <> 'refunded' and o.fulfillment_state = 'fulfilled'
      and not exists (select from ${fulfillments} f where f.order_id = o.id and f.canceled_at is null and f.delivered_at is null)
      and ${hasConsented(sql`o.email`)}
      and not exists (select from ${reviewRequests} r where r.email = o.email and r.created_at > ${at} - interval '7 days')
      and exists (${unreviewed(sql`o.id`, sql`o.user_id`, sql`o.customer_key`)})
    order by o.email, delivered.last desc, o.id desc
    limit ${atMost}
    on conflict do nothing
    returning id::int as id, order_id::int as order_id, email`
}

const deliveredOrders = (at: SQL, days: number) => sql`
  select f.order_id, max(f.delivered_at) as last from ${fulfillments} f
  where f.delivered_at > ${at} - make_interval(days => ${days + daysToAsk}) and f.canceled_at is null
  group by f.order_id having max(f.delivered_at) <= ${at} - make_interval(days => ${days})`

/** The products of an order that shoppers can see and its customer has not reviewed. */
const unreviewed = (orderId: SQL, userId: SQL, customerKey: SQL) => sql`
  select p.id from ${orderLines} l join ${products} p on p.id = l.product_id
  where l.order_id = ${orderId} and p.status = 'active' and p.published_at <= now() and not exists (
    select from ${reviews} r where r.product_id = p.id and (r.customer_key = ${customerKey} or r.user_id = ${userId}))`

/** A request whose email may still be sent: consent holds, and something is left to review. Null otherwise. */
export async function getRequestToSend(id: number) {
  const [found] = await db
    .select({ id: reviewRequests.id, orderId: orders.id })
    .from(reviewRequests)
    .innerJoin(orders, eq(orders.id, reviewRequests.orderId))
    .where(
      and(
        eq(reviewRequests.id, id),
        sql`${orders.canceledAt} is null`,
        hasConsented(sql`${reviewRequests.email}`),
        sql`exists (${unreviewed(sql`${orders.id}`, sql`${orders.userId}`, sql`${orders.customerKey}`)})`,
      ),
    )
  if (!found) return null
  const lines = await listProducts(found.orderId)
  return { ...found, titles: lines.map(({ title }) => title) }
}

/**
 * What the link of a request leads to: the author, who needs no other proof of the mailbox, and the delivered products
 * of the order, each with its review. Null for a link that is invalid or older than 180 days.
 */
export async function findOrderToReview(token: string) {
  const id = readSignedLink('review order', token)
  if (id === null) return null
  const [found] = await db
    .select({
      orderId: orders.id,
      email: reviewRequests.email,
      userId: users.id,
      name: orders.shipName,
    })
    .from(reviewRequests)
    .innerJoin(orders, eq(orders.id, reviewRequests.orderId))
    .leftJoin(users, and(eq(users.id, orders.userId), eq(users.email, reviewRequests.email)))
    .where(eq(reviewRequests.id, id))
  if (!found) return null
  const author: ReviewAuthor = { userId: found.userId, email: found.email }
  return { author, name: found.name, products: await listProducts(found.orderId) }
}

/** The products of an order that were delivered, in the order's own order. */
function listProducts(orderId: number) {
  return db
    .select({ productId: products.id, title: products.title, handle: products.handle })
    .from(products)
    .innerJoin(orderLines, eq(orderLines.productId, products.id))
    .where(
      and(
        eq(orderLines.orderId, orderId),
        sql`exists (select from ${fulfillmentLines} fl join ${fulfillments} f on f.id = fl.fulfillment_id
          where fl.order_line_id = ${orderLines.id} and f.delivered_at is not null and f.canceled_at is null)`,
      ),
    )
    .groupBy(products.id)
    .orderBy(asc(sql`min(${orderLines.id})`))
}

/** Deletes requests after 180 days; their links then no longer work. */
export async function deleteOldReviewRequests(): Promise<void> {
  await db
    .delete(reviewRequests)
    .where(lt(reviewRequests.createdAt, sql`now() - make_interval(days => ${requestDays})`))
}
