import { asc, desc, eq, inArray } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { orderLines, orders } from '#db/schema/index.ts'

export const myOrdersPerPage = 10

export type CustomerOrder = Awaited<ReturnType<typeof listCustomersOwnOrders>>['orders'][number]

/** One page of the customer's own orders, newest first, with the total count. Pages count from 1. */
export async function listCustomersOwnOrders(
  userId: number,
  { page, limit = myOrdersPerPage }: { page: number; limit?: number },
) {
  const ofCustomer = eq(orders.userId, userId)
  const [rows, total] = await Promise.all([
    db
      .select({
        id: orders.id,
        token: orders.token,
        number: orders.number,
        numberPrefix: orders.numberPrefix,
        placedAt: orders.placedAt,
        total: orders.total,
        currency: orders.currency,
        paymentMethod: orders.paymentMethod,
        paymentState: orders.paymentState,
        fulfillmentState: orders.fulfillmentState,
        canceledAt: orders.canceledAt,
      })
      .from(orders)
      .where(ofCustomer)
      .orderBy(desc(orders.placedAt), desc(orders.id))
      .limit(limit)
      .offset((page - 1) * limit),
    db.$count(orders, ofCustomer),
  ])
  const lines = await listTitles(rows.map(({ id }) => id))
  return {
    orders: rows.map((row) => {
      const bought = lines.filter(({ orderId }) => orderId === row.id)
      return {
        ...row,
        itemCount: bought.reduce((sum, { quantity }) => sum + quantity, 0),
        titles: [...new Set(bought.map(({ title }) => title))],
      }
    }),
    total,
  }
}

async function listTitles(orderIds: number[]) {
  if (orderIds.length === 0) return []
  return db
    .select({ orderId: orderLines.orderId, title: orderLines.title, quantity: orderLines.quantity })
    .from(orderLines)
    .where(inArray(orderLines.orderId, orderIds))
    .orderBy(asc(orderLines.id))
}
