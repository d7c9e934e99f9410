import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { auditLog, orders, orderPresence } from '#db/schema/index.ts'
import { createOrder, createUser, createProduct } from '#tests/support/cast.ts'
import { listAnnouncements, useAnnouncements } from '#tests/support/announcements.ts'
import { addNote } from './add-note.server.ts'
import { leavePresence, listPresence, joinPresence } from './presence.server.ts'

useAnnouncements()

test('colleagues are notified when a user opens or leaves an order, not at each heartbeat', async () => {
  const { orderId } = await createOrder(await createProduct())
  const [nina, ben] = [
    await createUser({ role: 'staff', name: 'Nina' }),
    await createUser({ role: 'staff', name: 'Ben' }),
  ]
  const announced = { topic: `order:${orderId}`, kind: 'watchers' }
  expect(await listAnnouncements(() => joinPresence(orderId, nina.id))).toEqual([announced])
  expect(await listAnnouncements(() => joinPresence(orderId, nina.id))).toEqual([])
  await joinPresence(orderId, ben.id)
  expect(await listPresence(orderId, { besides: ben.id })).toEqual(['Nina'])
  expect(await listPresence(orderId, { besides: 0 })).toEqual(['Ben', 'Nina'])
  expect(await listAnnouncements(() => leavePresence(orderId, nina.id))).toEqual([announced])
  expect(await listPresence(orderId, { besides: ben.id })).toEqual([])
})

test('an inactive user leaves after a while and is removed by the next heartbeat', async () => {
  const { orderId } = await createOrder(await createProduct())
  const [nina, ben] = [await createUser({ role: 'staff' }), await createUser({ role: 'staff' })]
  await joinPresence(orderId, nina.id)
  await db.update(orderPresence).set({ seenAt: sql`now() - interval '46 seconds'` })
  expect(await listPresence(orderId, { besides: ben.id })).toEqual([])
  await joinPresence(orderId, ben.id)
  expect(await db.$count(orderPresence, eq(orderPresence.orderId, orderId))).toBe(1)
})

test('presence changes neither the order nor the audit log, and an unknown order has none', async () => {
  const { orderId } = await createOrder(await createProduct())
  const { id } = await createUser({ role: 'staff' })
  const version = async () => (await db.select().from(orders).where(eq(orders.id, orderId)))[0]!.version
  const before = [await version(), await db.$count(auditLog)]
  await joinPresence(orderId, id)
  expect([await version(), await db.$count(auditLog)]).toEqual(before)
  await joinPresence(999_999, id)
  expect(await listPresence(999_999, { besides: 0 })).toEqual([])
})

test('a note is announced to the order’s pages', async () => {
  const { orderId, olga } = await createOrder(await createProduct())
  expect(
    await listAnnouncements(() => addNote({ orderId, note: 'Fragile', isMessage: false, by: olga })),
  ).toEqual([{ topic: `order:${orderId}`, kind: 'timeline' }])
})
