import { eq } from 'drizzle-orm'
import { formatCount } from '#app/domain/intl.ts'
import { notifyCustomer, notifyStaff } from '#app/domain/notifications/notify.server.ts'
import { addOrderEvent } from '#app/domain/orders/insert-order.server.ts'
import { changeOrder, lockOrder } from '#app/domain/orders/lock-order.server.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import { listShipments } from '#app/domain/orders/shipments.server.ts'
import { auditedTransaction, db, transaction, type Tx } from '#db/client.ts'
import { orders, returnLines, returns, settings } from '#db/schema/index.ts'
import { isReturnable, returnableUnits, type Units } from './returnable.ts'
import { listReturns } from './returns.server.ts'

export type RequestReturnResult =
  { ok: true; returnId: number } | { ok: false; reason: 'not-found' | 'nothing-selected' | 'not-returnable' }

/**
 * Asks for a return, for whoever has the order's token, and notifies both sides. Refused for units that were not
 * shipped, are in another return, or were delivered longer ago than the store accepts returns for.
 */
export async function requestReturn(input: {
  token: string
  lines: Units
  reason: string
  now: Date
}): Promise<RequestReturnResult> {
  const [found] = await db.select({ id: orders.id }).from(orders).where(eq(orders.token, input.token))
  if (!found) return { ok: false, reason: 'not-found' }
  return transaction(async (tx) => {
    const [shop] = await tx.select({ days: settings.returnDays }).from(settings)
    const period = { days: shop!.days, now: input.now }
    const { reason } = input
    const result = await insertReturn(tx, { orderId: found.id, lines: input.lines, period, reason })
    if (!result.ok) return result
    const { order, returnId } = result
    const name = orderName(order)
    await notifyCustomer(tx, 'return-requested', { ...order, name }, { returnId })
    await notifyStaff(tx, 'new-return', { key: `return:${returnId}`, subject: name, orderId: order.id })
    return { ok: true, returnId }
  })
}

/** Starts a return that staff have agreed on, at any time after the shipment: it is approved at once. */
export async function startReturn(input: {
  orderId: number
  lines: Units
  reason: string
  answer: string
  by: number
}): Promise<RequestReturnResult> {
  return auditedTransaction(input.by, async (tx) => {
    const result = await insertReturn(tx, { ...input, period: null })
    if (!result.ok) return result
    const { order, returnId } = result
    await notifyCustomer(tx, 'return-approved', { ...order, name: orderName(order) }, { returnId })
    return { ok: true, returnId }
  })
}

type NewReturn = {
  orderId: number
  lines: Units
  period: Parameters<typeof returnableUnits>[2]
  reason: string
  answer?: string
  /** Staff; without, the customer asks for it. */
  by?: number
}

/** Locks the order, checks the units, and writes the return and the timeline. */
async function insertReturn(tx: Tx, { orderId, period, reason, answer, by, ...input }: NewReturn) {
  const order = await lockOrder(tx, orderId)
  if (!order) return { ok: false as const, reason: 'not-found' as const }
  const lines = input.lines.filter(({ quantity }) => quantity > 0)
  if (lines.length === 0) return { ok: false as const, reason: 'nothing-selected' as const }
  const isDouble = new Set(lines.map(({ orderLineId }) => orderLineId)).size < lines.length
  const possible = returnableUnits(await listShipments(tx, orderId), await listReturns(orderId, tx), period)
  if (isDouble || !isReturnable(lines, possible))
    return { ok: false as const, reason: 'not-returnable' as const }
  const [row] = await tx
    .insert(returns)
    .values({ orderId, reason, answer, byUserId: by, state: by === undefined ? 'requested' : 'approved' })
    .returning({ id: returns.id })
  const returnId = row!.id
  await tx.insert(returnLines).values(lines.map((line) => ({ returnId, ...line })))
  const count = formatCount(
    lines.reduce((sum, { quantity }) => sum + quantity, 0),
    'item',
  )
  const kind = by === undefined ? ('return-requested' as const) : ('return-approved' as const)
  const detail = [count, reason].filter(Boolean).join(', ')
  await addOrderEvent(tx, { orderId, kind, detail, byUserId: by })
  await changeOrder(tx, orderId, {})
  return { ok: true as const, order, returnId }
}
