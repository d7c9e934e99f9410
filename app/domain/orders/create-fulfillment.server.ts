import { asc, eq, sql } from 'drizzle-orm'
import { notifyCustomer } from '#app/domain/notifications/notify.server.ts'
import { formatCount } from '#app/domain/intl.ts'
import { auditedTransaction, type Tx } from '#db/client.ts'
import { fulfillmentLines, fulfillments, orderEvents, orderLines, orders } from '#db/schema/index.ts'
import { lockOrder, bumpOrderVersion } from './lock-order.server.ts'
import { orderName } from './orders.ts'
import {
  canBeFulfilled,
  fulfillmentStateOf,
  fulfillmentTransitions,
  requireTransition,
} from './order-states.ts'
import type { FulfillmentInput } from './orders.schema.ts'
import { unitsToShip } from './packing.ts'

export type CreateFulfillmentResult =
  | { ok: true; state: 'partly-fulfilled' | 'fulfilled' }
  | {
      ok: false
      reason: 'not-found' | 'stale' | 'not-fulfillable' | 'nothing-selected' | 'more-than-ordered'
    }

/**
 * Records a shipment of the given quantities, partial or complete, and notifies the customer. Refused when it exceeds
 * what was ordered and not refunded before it was shipped, when it is empty, and for a canceled or fulfilled order. `lastStep` belongs to the same transaction:
 * later modules add to it what follows from a shipment.
 */
export async function createFulfillment(
  input: FulfillmentInput & { orderId: number; by: number },
  lastStep?: (tx: Tx) => Promise<unknown>,
): Promise<CreateFulfillmentResult> {
  const { orderId, by } = input
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
    if (unknown || sent.some((line) => line.sending > unitsToShip(line)))
      return { ok: false, reason: 'more-than-ordered' }
    const chosen = sent.filter((line) => line.sending > 0)
    if (chosen.length === 0) return { ok: false, reason: 'nothing-selected' }

    const [fulfillment] = await tx
      .insert(fulfillments)
      .values({
        orderId,
        carrier: input.carrier,
        trackingNumber: input.trackingNumber,
        trackingUrl: input.trackingUrl,
        byUserId: by,
      })
      .returning({ id: fulfillments.id })
    const fulfillmentId = fulfillment!.id
    await tx
      .insert(fulfillmentLines)
      .values(chosen.map((line) => ({ fulfillmentId, orderLineId: line.id, quantity: line.sending })))
    for (const line of chosen)
      await tx
        .update(orderLines)
        .set({ fulfilledQuantity: sql`${orderLines.fulfilledQuantity} + ${line.sending}` })
        .where(eq(orderLines.id, line.id))

    const state = fulfillmentStateOf(
      sent.map((line) => ({ ...line, fulfilledQuantity: line.fulfilledQuantity + line.sending })),
    )
    requireTransition(fulfillmentTransitions, order.fulfillmentState, state)
    await tx
      .update(orders)
      .set({ fulfillmentState: state, ...bumpOrderVersion() })
      .where(eq(orders.id, orderId))
    const itemCount = chosen.reduce((sum, line) => sum + line.sending, 0)
    const detail = [formatCount(itemCount, 'item'), input.carrier, input.trackingNumber]
      .filter(Boolean)
      .join(', ')
    await tx.insert(orderEvents).values({ orderId, kind: 'fulfilled', detail, byUserId: by })
    await notifyCustomer(tx, 'order-shipped', { ...order, name: orderName(order) }, { fulfillmentId })
    await lastStep?.(tx)
    return { ok: true, state: state === 'fulfilled' ? 'fulfilled' : 'partly-fulfilled' }
  })
}

function sendingOf(orderLineId: number, input: FulfillmentInput): number {
  return input.lines
    .filter((line) => line.orderLineId === orderLineId)
    .reduce((sum, line) => sum + line.quantity, 0)
}
