import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { auditLog, orders, orderWatchers } from '#db/schema/index.ts'
import { adaOrders, aPerson, aProduct } from '#tests/support/cast.ts'
import { announcementsOf, useEar } from '#tests/support/ear.ts'
import { addNote } from './add-note.server.ts'
import { leaveOrder, listWatchers, watchOrder } from './watchers.server.ts'

useEar()

test('colleagues are told when somebody comes and goes, not while they stay', async () => {
  const { orderId } = await adaOrders(await aProduct())
  const [nina, ben] = [
    await aPerson({ role: 'staff', name: 'Nina' }),
    await aPerson({ role: 'staff', name: 'Ben' }),
  ]
  const told = { topic: `order:${orderId}`, kind: 'watchers' }
  expect(await announcementsOf(() => watchOrder(orderId, nina.id))).toEqual([told])
  expect(await announcementsOf(() => watchOrder(orderId, nina.id))).toEqual([])
  await watchOrder(orderId, ben.id)
  expect(await listWatchers(orderId, { besides: ben.id })).toEqual(['Nina'])
  expect(await listWatchers(orderId, { besides: 0 })).toEqual(['Ben', 'Nina'])
  expect(await announcementsOf(() => leaveOrder(orderId, nina.id))).toEqual([told])
  expect(await listWatchers(orderId, { besides: ben.id })).toEqual([])
})

test('whoever leaves without a word is gone after a while, and forgotten by the next who looks', async () => {
  const { orderId } = await adaOrders(await aProduct())
  const [nina, ben] = [await aPerson({ role: 'staff' }), await aPerson({ role: 'staff' })]
  await watchOrder(orderId, nina.id)
  await db.update(orderWatchers).set({ seenAt: sql`now() - interval '46 seconds'` })
  expect(await listWatchers(orderId, { besides: ben.id })).toEqual([])
  await watchOrder(orderId, ben.id)
  expect(await db.$count(orderWatchers, eq(orderWatchers.orderId, orderId))).toBe(1)
})

test('looking changes neither the order nor the log, and an order that is not there has no watchers', async () => {
  const { orderId } = await adaOrders(await aProduct())
  const { id } = await aPerson({ role: 'staff' })
  const version = async () => (await db.select().from(orders).where(eq(orders.id, orderId)))[0]!.version
  const before = [await version(), await db.$count(auditLog)]
  await watchOrder(orderId, id)
  expect([await version(), await db.$count(auditLog)]).toEqual(before)
  await watchOrder(999_999, id)
  expect(await listWatchers(999_999, { besides: 0 })).toEqual([])
})

test('a note is told to the pages of the order', async () => {
  const { orderId, olga } = await adaOrders(await aProduct())
  expect(await announcementsOf(() => addNote(orderId, 'Fragile', olga))).toEqual([
    { topic: `order:${orderId}`, kind: 'timeline' },
  ])
})
