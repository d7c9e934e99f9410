import { and, eq, notInArray, sql } from 'drizzle-orm'
import { notifyCustomer } from '#app/domain/notifications/notify.server.ts'
import { formatCount } from '#app/domain/intl.ts'
import { auditedTransaction, type Tx } from '#db/client.ts'
import { fulfillmentLines, fulfillments, orderLines, returnLines, returns } from '#db/schema/index.ts'
import { addOrderEvent } from './insert-order.server.ts'
import { changeOrder, lockOrder } from './lock-order.server.ts'
import { fulfillmentStateOf, fulfillmentTransitions, requireTransition } from './order-states.ts'
import { orderName } from './orders.ts'
import type { TrackingInput } from './orders.schema.ts'

type Shipment = { orderId: number; fulfillmentId: number; by: number }

export type CancelShipmentResult =
  { ok: true } | { ok: false; reason: 'not-found' | 'already-canceled' | 'in-return' }

/**
 * Cancels a shipment: its units are unfulfilled again, except those that were refunded. Refused when the customer returns units that only this shipment
 * can have contained.
 */
export async function cancelShipment(input: Shipment): Promise<CancelShipmentResult> {
  const { orderId, fulfillmentId, by } = input
  return auditedTransaction(by, async (tx) => {
    const order = await lockOrder(tx, orderId)
    const shipment = order && (await findShipment(tx, input))
    if (!shipment) return { ok: false, reason: 'not-found' }
    if (shipment.canceledAt) return { ok: false, reason: 'already-canceled' }
    const units = await tx
      .select()
      .from(fulfillmentLines)
      .where(eq(fulfillmentLines.fulfillmentId, fulfillmentId))
    const lines = (await listUnits(tx, orderId)).map((line) => {
      const canceled = units.find(({ orderLineId }) => orderLineId === line.id)?.quantity ?? 0
      const fulfilledQuantity = line.fulfilledQuantity - canceled
      const removedQuantity = Math.max(line.removedQuantity, line.refundedQuantity - fulfilledQuantity)
      return { ...line, canceled, fulfilledQuantity, removedQuantity }
    })
    if (lines.some((line) => line.fulfilledQuantity < line.inReturns))
      return { ok: false, reason: 'in-return' }
    await tx
      .update(fulfillments)
      .set({ canceledAt: sql`now()` })
      .where(eq(fulfillments.id, fulfillmentId))
    for (const { id, fulfilledQuantity, removedQuantity, canceled } of lines)
      if (canceled > 0)
        await tx.update(orderLines).set({ fulfilledQuantity, removedQuantity }).where(eq(orderLines.id, id))
    const fulfillmentState = fulfillmentStateOf(lines)
    requireTransition(fulfillmentTransitions, order.fulfillmentState, fulfillmentState)
    await changeOrder(tx, orderId, { fulfillmentState })
    const detail = formatCount(
      units.reduce((sum, { quantity }) => sum + quantity, 0),
      'item',
    )
    await addOrderEvent(tx, { orderId, kind: 'shipment-canceled', detail, byUserId: by })
    return { ok: true }
  })
}

export type MarkDeliveredResult =
  { ok: true } | { ok: false; reason: 'not-found' | 'already-canceled' | 'already-delivered' }

/** Records that a shipment was delivered, and notifies the customer. */
export async function markDelivered(input: Shipment): Promise<MarkDeliveredResult> {
  const { orderId, fulfillmentId, by } = input
  return auditedTransaction(by, async (tx) => {
    const order = await lockOrder(tx, orderId)
    const shipment = order && (await findShipment(tx, input))
    if (!shipment) return { ok: false, reason: 'not-found' }
    if (shipment.canceledAt) return { ok: false, reason: 'already-canceled' }
    if (shipment.deliveredAt) return { ok: false, reason: 'already-delivered' }
    await tx
      .update(fulfillments)
      .set({ deliveredAt: sql`now()` })
      .where(eq(fulfillments.id, fulfillmentId))
    await changeOrder(tx, orderId, {})
    const detail = [shipment.carrier, shipment.trackingNumber].filter(Boolean).join(', ')
    await addOrderEvent(tx, { orderId, kind: 'delivered', detail, byUserId: by })
    await notifyCustomer(tx, 'order-delivered', { ...order, name: orderName(order) }, { fulfillmentId })
    return { ok: true }
  })
}

/** Changes a shipment's carrier and tracking; sends no email. False when there is no such shipment. */
export async function changeTracking(input: Shipment & TrackingInput): Promise<boolean> {
  const { orderId, fulfillmentId, carrier, trackingNumber, trackingUrl } = input
  return auditedTransaction(input.by, async (tx) => {
    const order = await lockOrder(tx, orderId)
    if (!order || !(await findShipment(tx, input))) return false
    await tx
      .update(fulfillments)
      .set({ carrier, trackingNumber, trackingUrl })
      .where(eq(fulfillments.id, fulfillmentId))
    await changeOrder(tx, orderId, {})
    return true
  })
}

/** The shipments of an order with their units, also the canceled ones. */
export async function listShipments(tx: Tx, orderId: number) {
  const shipments = await tx.select().from(fulfillments).where(eq(fulfillments.orderId, orderId))
  const lines = await tx
    .select({
      fulfillmentId: fulfillmentLines.fulfillmentId,
      orderLineId: fulfillmentLines.orderLineId,
      quantity: fulfillmentLines.quantity,
    })
    .from(fulfillmentLines)
    .innerJoin(fulfillments, eq(fulfillments.id, fulfillmentLines.fulfillmentId))
    .where(eq(fulfillments.orderId, orderId))
  return shipments.map((one) => ({
    ...one,
    lines: lines.filter(({ fulfillmentId }) => fulfillmentId === one.id),
  }))
}

async function findShipment(tx: Tx, { orderId, fulfillmentId }: Shipment) {
  const [shipment] = await tx
    .select()
    .from(fulfillments)
    .where(and(eq(fulfillments.id, fulfillmentId), eq(fulfillments.orderId, orderId)))
  return shipment ?? null
}

/** The lines of an order, with the units that the customer returns or has returned. */
async function listUnits(tx: Tx, orderId: number) {
  const lines = await tx.select().from(orderLines).where(eq(orderLines.orderId, orderId))
  const returned = await tx
    .select({ orderLineId: returnLines.orderLineId, quantity: returnLines.quantity })
    .from(returnLines)
    .innerJoin(returns, eq(returns.id, returnLines.returnId))
    .where(and(eq(returns.orderId, orderId), notInArray(returns.state, ['declined', 'canceled'])))
  return lines.map((line) => ({
    ...line,
    inReturns: returned
      .filter(({ orderLineId }) => orderLineId === line.id)
      .reduce((sum, { quantity }) => sum + quantity, 0),
  }))
}
