import { asc, eq, sql } from 'drizzle-orm'
import { tellBuyer } from '#app/domain/notifications/notify.server.ts'
import { auditedTransaction } from '#db/client.ts'
import { fulfilmentLines, fulfilments, orderEvents, orderLines, orders } from '#db/schema/index.ts'
import { lockOrder, orderTouched } from './lock-order.server.ts'
import { canBeFulfilled, fulfilmentStateOf } from './orders.ts'
import type { FulfilInput } from './orders.schema.ts'

export type FulfilResult =
  | { ok: true; state: 'partly-fulfilled' | 'fulfilled' }
  | { ok: false; reason: 'not-found' | 'stale' | 'not-fulfillable' | 'nothing-chosen' | 'more-than-ordered' }

/**
 * Records that so much of each line was sent, wholly or in part, and tells the shopper. Refused when more
 * would be sent than was ordered, when nothing is chosen, and for a cancelled or finished order.
 */
export async function fulfilOrder(orderId: number, input: FulfilInput, by: number): Promise<FulfilResult> {
  return auditedTransaction(by, async (tx) => {
    const order = await lockOrder(tx, orderId)
    if (!order) return { ok: false, reason: 'not-found' }
    if (!canBeFulfilled(order)) return { ok: false, reason: 'not-fulfillable' }
    if (order.version !== input.version) return { ok: false, reason: 'stale' }
    const lines = await tx
      .select()
      .from(orderLines)
      .where(eq(orderLines.orderId, orderId))
      .orderBy(asc(orderLines.id))
    const sent = lines.map((line) => ({ ...line, sending: sendingOf(line.id, input) }))
    const unknown = input.lines.some(({ orderLineId }) => !lines.some((line) => line.id === orderLineId))
    if (unknown || sent.some((line) => line.fulfilledQuantity + line.sending > line.quantity))
      return { ok: false, reason: 'more-than-ordered' }
    const chosen = sent.filter((line) => line.sending > 0)
    if (chosen.length === 0) return { ok: false, reason: 'nothing-chosen' }

    const [fulfilment] = await tx
      .insert(fulfilments)
      .values({
        orderId,
        carrier: input.carrier,
        trackingNumber: input.trackingNumber,
        trackingUrl: input.trackingUrl,
        byUserId: by,
      })
      .returning({ id: fulfilments.id })
    const fulfilmentId = fulfilment!.id
    await tx
      .insert(fulfilmentLines)
      .values(chosen.map((line) => ({ fulfilmentId, orderLineId: line.id, quantity: line.sending })))
    for (const line of chosen)
      await tx
        .update(orderLines)
        .set({ fulfilledQuantity: sql`${orderLines.fulfilledQuantity} + ${line.sending}` })
        .where(eq(orderLines.id, line.id))

    const state = fulfilmentStateOf(
      sent.map((line) => ({ ...line, fulfilledQuantity: line.fulfilledQuantity + line.sending })),
    )
    await tx
      .update(orders)
      .set({ fulfilmentState: state, ...orderTouched() })
      .where(eq(orders.id, orderId))
    const pieces = chosen.reduce((sum, line) => sum + line.sending, 0)
    const detail = [`${pieces} ${pieces === 1 ? 'item' : 'items'}`, input.carrier, input.trackingNumber]
      .filter(Boolean)
      .join(', ')
    await tx.insert(orderEvents).values({ orderId, kind: 'fulfilled', detail, byUserId: by })
    await tellBuyer(tx, 'order-shipped', order, fulfilmentId)
    return { ok: true, state: state === 'fulfilled' ? 'fulfilled' : 'partly-fulfilled' }
  })
}

function sendingOf(orderLineId: number, input: FulfilInput): number {
  return input.lines
    .filter((line) => line.orderLineId === orderLineId)
    .reduce((sum, line) => sum + line.quantity, 0)
}
