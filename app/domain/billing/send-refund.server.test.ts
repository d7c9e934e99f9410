import { and, desc, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { notifications, refundTransfers } from '#db/schema/index.ts'
import { createPaidOrder, readOrder, refund } from '#tests/support/payments.ts'
import { createRefundProvider } from '#tests/support/refund-provider.ts'
import { listRefunds } from './refunds.server.ts'
import { retryRefund } from './retry-refund.server.ts'
import { giveUpRefund, recordRefundResult, sendRefund } from './send-refund.server.ts'

async function createCardRefund() {
  const order = await createPaidOrder({ card: 2_488 })
  await refund({ orderId: order.orderId, by: order.olga, extra: 2_488 })
  const [transfer] = await db.select().from(refundTransfers).orderBy(desc(refundTransfers.id)).limit(1)
  return { ...order, transferId: transfer!.id, ...createRefundProvider() }
}

const transferOf = async (id: number) =>
  (await db.select().from(refundTransfers).where(eq(refundTransfers.id, id)))[0]!

test('the provider is asked once, however often the job runs', async () => {
  const { transferId, provider, sent, orderId } = await createCardRefund()
  expect(await sendRefund(transferId, provider)).toEqual({ orderId })
  await sendRefund(transferId, provider)
  expect(sent).toMatchObject([{ transferId, amount: 2_488 }])
  expect(await transferOf(transferId)).toMatchObject({ status: 'done', providerId: sent[0]!.id })
  expect((await readOrder(orderId)).order.paymentState).toBe('refunded')
})

test('a call whose answer was lost is found and not made again', async () => {
  const { transferId, provider, sent, next } = await createCardRefund()
  next.isAnswerLost = true
  await expect(sendRefund(transferId, provider)).rejects.toThrow('lost')
  expect(await transferOf(transferId)).toMatchObject({ status: 'pending' })
  next.isAnswerLost = false
  await sendRefund(transferId, provider)
  expect(sent).toHaveLength(1)
  expect(await transferOf(transferId)).toMatchObject({ status: 'done' })
})

test('a failed refund makes the amount refundable again, and staff are notified once', async () => {
  const { transferId, provider, next, orderId } = await createCardRefund()
  next.failure = 'The charge is too old'
  await sendRefund(transferId, provider)
  await sendRefund(transferId, provider)
  const { order, events } = await readOrder(orderId)
  expect(order).toMatchObject({ paymentState: 'paid', refundedTotal: 0 })
  expect(events).toContainEqual(
    expect.objectContaining({ kind: 'refund-failed', detail: 'The charge is too old' }),
  )
  const told = await db
    .select()
    .from(notifications)
    .where(and(eq(notifications.kind, 'refund-failed'), eq(notifications.orderId, orderId)))
  expect(told).toHaveLength(1)
})

test('a refund that the provider reports as failed days later is refundable again', async () => {
  const { transferId, provider, sent, orderId } = await createCardRefund()
  await sendRefund(transferId, provider)
  await recordRefundResult(transferId, { id: sent[0]!.id, status: 'failed', failure: 'Account closed' })
  // An older event that arrives late.
  await recordRefundResult(transferId, { id: sent[0]!.id, status: 'done', failure: '' })
  expect(await transferOf(transferId)).toMatchObject({ status: 'failed', failure: 'Account closed' })
  expect((await readOrder(orderId)).order.refundedTotal).toBe(0)
})

test('trying again sends a new transfer; a second try at the same time is refused', async () => {
  const { transferId, provider, next, orderId, olga: by, sent } = await createCardRefund()
  expect(await retryRefund({ orderId, transferId, by })).toEqual({ ok: false, reason: 'not-failed' })
  next.failure = 'No funds'
  await sendRefund(transferId, provider)
  const tries = await Promise.all([1, 2].map(() => retryRefund({ orderId, transferId, by })))
  expect(tries.filter(({ ok }) => ok)).toHaveLength(1)
  next.failure = ''
  const transfers = (await listRefunds(orderId))[0]!.transfers
  expect(transfers.map(({ status }) => status)).toEqual(['failed', 'pending'])
  await sendRefund(transfers[1]!.id, provider)
  expect(sent).toHaveLength(2)
  expect((await readOrder(orderId)).order.paymentState).toBe('refunded')
})

test('a failed refund that staff sent in another way is done', async () => {
  const { transferId, orderId, olga: by } = await createCardRefund()
  await sendRefund(transferId, null)
  expect(await retryRefund({ orderId, transferId, byHand: true, by })).toEqual({ ok: true })
  expect((await listRefunds(orderId))[0]!.transfers.map(({ status }) => status)).toEqual(['failed', 'done'])
})

test('a failed refund of another order is not found, and not sent again after another refund', async () => {
  const { transferId, orderId, olga: by } = await createCardRefund()
  const other = await createPaidOrder()
  await sendRefund(transferId, null)
  expect(await retryRefund({ orderId: other.orderId, transferId, by })).toEqual({
    ok: false,
    reason: 'not-found',
  })
  expect(await refund({ orderId, by, extra: 1 })).toMatchObject({ ok: true })
  expect(await retryRefund({ orderId, transferId, by })).toEqual({ ok: false, reason: 'not-failed' })
})

test('a job that gave up fails only a transfer that the provider does not know', async () => {
  const lost = await createCardRefund()
  lost.next.isAnswerLost = true
  await expect(sendRefund(lost.transferId, lost.provider)).rejects.toThrow()
  await giveUpRefund(lost.transferId, lost.provider)
  expect(await transferOf(lost.transferId)).toMatchObject({ status: 'done' })

  const down = await createCardRefund()
  down.next.isDown = true
  await giveUpRefund(down.transferId, down.provider)
  expect(await transferOf(down.transferId)).toMatchObject({ status: 'pending' })
  down.next.isDown = false
  expect(await giveUpRefund(down.transferId, down.provider)).toMatchObject({ orderId: down.orderId })
  expect(await transferOf(down.transferId)).toMatchObject({ status: 'failed' })
})
