import { and, eq, sql } from 'drizzle-orm'
import { restock } from '#app/domain/billing/restock.server.ts'
import { notifyCustomer } from '#app/domain/notifications/notify.server.ts'
import { addReturnedUnits } from '#app/domain/orders/change-lines.server.ts'
import { addOrderEvent } from '#app/domain/orders/insert-order.server.ts'
import { changeOrder, lockOrder } from '#app/domain/orders/lock-order.server.ts'
import { requireTransition, type ReturnState, returnTransitions } from '#app/domain/orders/order-states.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import { auditedTransaction, db, transaction, type Tx } from '#db/client.ts'
import { orderLines, orders, returnLines, returns } from '#db/schema/index.ts'
import type { AnswerReturnInput, ReceiveReturnInput } from './returns.schema.ts'

export type ChangeReturnResult = { ok: true } | { ok: false; reason: 'not-found' | 'stale' | 'not-possible' }

type ReturnOfOrder = { orderId: number; returnId: number }

/** Approves a requested return or declines it, with an answer to the customer. */
export async function answerReturn(
  input: AnswerReturnInput & ReturnOfOrder & { by: number },
): Promise<ChangeReturnResult> {
  const { decision, answer, by } = input
  return auditedTransaction(by, async (tx) => {
    const found = await lockReturn(tx, input)
    if (!found.ok) return found
    if (found.row.version !== input.version) return { ok: false, reason: 'stale' }
    if (found.row.state !== 'requested') return { ok: false, reason: 'not-possible' }
    await changeReturn(tx, found.row, { state: decision, answer })
    const kind = decision === 'approved' ? ('return-approved' as const) : ('return-declined' as const)
    await addOrderEvent(tx, { orderId: input.orderId, kind, detail: answer, byUserId: by })
    await notifyCustomer(tx, kind, named(found.order), { returnId: found.row.id })
    return { ok: true }
  })
}

/** Records that the items of an approved return arrived, and restocks the chosen lines. */
export async function receiveReturn(
  input: ReceiveReturnInput & ReturnOfOrder & { by: number },
): Promise<ChangeReturnResult> {
  const { orderId, returnId, by } = input
  return auditedTransaction(by, async (tx) => {
    const found = await lockReturn(tx, input)
    if (!found.ok) return found
    if (found.row.version !== input.version) return { ok: false, reason: 'stale' }
    if (found.row.state !== 'approved') return { ok: false, reason: 'not-possible' }
    const units = await tx.select().from(returnLines).where(eq(returnLines.returnId, returnId))
    const chosen = input.lines.filter((line) => line.restock).map(({ orderLineId }) => orderLineId)
    const restocked = await restock(tx, {
      ...{ orderId, reason: 'restock', byUserId: by },
      lines: await tx.select().from(orderLines).where(eq(orderLines.orderId, orderId)),
      wanted: units.filter(({ orderLineId }) => chosen.includes(orderLineId)),
    })
    for (const [orderLineId, restockedQuantity] of restocked)
      await tx
        .update(returnLines)
        .set({ restockedQuantity })
        .where(and(eq(returnLines.returnId, returnId), eq(returnLines.orderLineId, orderLineId)))
    await addReturnedUnits(tx, units)
    await changeReturn(tx, found.row, { state: 'received', receivedAt: sql`now()` })
    await addOrderEvent(tx, { orderId, kind: 'return-received', byUserId: by })
    await notifyCustomer(tx, 'return-received', named(found.order), { returnId })
    return { ok: true }
  })
}

/** Cancels a return that has not arrived, for example because the customer keeps the items. */
export async function cancelReturn(input: ReturnOfOrder & { by: number }): Promise<ChangeReturnResult> {
  return auditedTransaction(input.by, (tx) => cancelLocked(tx, input, { detail: '', by: input.by }))
}

/** Withdraws a return, for whoever has the order's token. */
export async function withdrawReturn(input: {
  token: string
  returnId: number
}): Promise<ChangeReturnResult> {
  const [found] = await db.select({ id: orders.id }).from(orders).where(eq(orders.token, input.token))
  if (!found) return { ok: false, reason: 'not-found' }
  const about = { orderId: found.id, returnId: input.returnId }
  return transaction((tx) => cancelLocked(tx, about, { detail: 'By the customer', by: null }))
}

async function cancelLocked(
  tx: Tx,
  about: ReturnOfOrder,
  { detail, by }: { detail: string; by: number | null },
): Promise<ChangeReturnResult> {
  const found = await lockReturn(tx, about)
  if (!found.ok) return found
  if (found.row.state !== 'requested' && found.row.state !== 'approved')
    return { ok: false, reason: 'not-possible' }
  await changeReturn(tx, found.row, { state: 'canceled' })
  await addOrderEvent(tx, { orderId: about.orderId, kind: 'return-canceled', detail, byUserId: by })
  return { ok: true }
}

/** The order's lock also guards its returns. */
async function lockReturn(tx: Tx, { orderId, returnId }: ReturnOfOrder) {
  const order = await lockOrder(tx, orderId)
  const [row] = await tx
    .select()
    .from(returns)
    .where(and(eq(returns.id, returnId), eq(returns.orderId, orderId)))
  if (!order || !row) return { ok: false as const, reason: 'not-found' as const }
  return { ok: true as const, order, row }
}

type Row = typeof returns.$inferSelect

/** Open pages of the order reload. */
async function changeReturn(
  tx: Tx,
  row: Row,
  values: { state: ReturnState; answer?: string; receivedAt?: ReturnType<typeof sql> },
): Promise<void> {
  requireTransition(returnTransitions, row.state, values.state)
  await tx
    .update(returns)
    .set({ ...values, version: sql`${returns.version} + 1`, updatedAt: sql`now()` })
    .where(eq(returns.id, row.id))
  await changeOrder(tx, row.orderId, {})
}

function named<Order extends { numberPrefix: string; number: number }>(order: Order) {
  return { ...order, name: orderName(order) }
}
