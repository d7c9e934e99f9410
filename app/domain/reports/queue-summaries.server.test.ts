import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import type { SessionUser } from '#app/domain/access/roles.ts'
import { cancelOrder } from '#app/domain/billing/cancel-order.server.ts'
import { sendQueuedEmail } from '#app/domain/emails/send-email.server.ts'
import { listPreferences, savePreferences } from '#app/domain/notifications/notifications.server.ts'
import { db } from '#db/client.ts'
import { emails, orders, refunds, users } from '#db/schema/index.ts'
import { createOrder, createProduct, createShop, createUser } from '#tests/support/cast.ts'
import { createPaidOrder, refund } from '#tests/support/payments.ts'
import { queueSummaries } from './queue-summaries.server.ts'

// The store is in Berlin, where October 25 has 25 hours.
const morning = new Date('2026-10-26T06:05:00Z')
let olga: number

beforeAll(async () => {
  olga = (await createShop()).olga
})

async function choose(userId: number, byEmail: string[]) {
  const [user] = await db.select().from(users).where(eq(users.id, userId))
  await savePreferences(user as unknown as SessionUser, { inApp: ['daily-summary'], byEmail })
  return listPreferences(user as unknown as SessionUser)
}

const summaries = () => db.select().from(emails).where(eq(emails.kind, 'daily-summary'))

async function placeAt(at: string): Promise<void> {
  const { orderId } = await createOrder(await createProduct())
  await db
    .update(orders)
    .set({ placedAt: new Date(at) })
    .where(eq(orders.id, orderId))
}

test('is off until a staff member chooses it, and never in the app', async () => {
  await placeAt('2026-10-24T22:00:00Z')
  await queueSummaries(morning)
  expect(await summaries()).toEqual([])
  const chosen = await choose(olga, ['daily-summary'])
  expect(chosen.find(({ kind }) => kind === 'daily-summary')).toMatchObject({ inApp: false, byEmail: true })
})

test('has the orders and refunds of the day in the time zone of the store, and is sent once', async () => {
  await placeAt('2026-10-25T22:59:59Z')
  await placeAt('2026-10-25T23:00:00Z')
  await placeAt('2026-10-24T21:59:59Z')
  const { orderId } = await createPaidOrder()
  await refund({ orderId, by: olga, extra: 333 })
  await db.update(refunds).set({ createdAt: new Date('2026-10-25T12:00:00Z') })
  const customer = await createUser()
  const packer = await createUser({ role: 'staff', permissions: ['catalog'] })
  await queueSummaries(morning)
  await queueSummaries(new Date('2026-10-26T07:05:00Z'))
  const sent = await summaries()
  expect(sent.map(({ toEmail }) => toEmail)).toEqual(['olga@hill.example'])
  expect(sent.some(({ toEmail }) => [customer.email, packer.email].includes(toEmail))).toBe(false)
  await sendQueuedEmail(sent[0]!.id)
  const [email] = await summaries()
  expect(email!.subject).toBe('Hill & Co: 2 orders on Sunday 25 October 2026')
  const rows = email!.text.split('\n').map((line) => line.replace(/ {2,}/g, ': '))
  for (const row of ['Orders: 2', 'Sales: €29.78', 'Refunds (1): €3.33', 'To do: Unpaid orders: 4'])
    expect(rows).toContain(row)
})

test('is not sent outside of the morning, nor when nothing happened and nothing is to do', async () => {
  await queueSummaries(new Date('2026-10-27T12:05:00Z'))
  expect(await summaries()).toHaveLength(1)
  await queueSummaries(new Date('2026-10-27T06:05:00Z'))
  expect(await summaries()).toHaveLength(2)
  for (const { id, version, canceledAt } of await db.select().from(orders))
    if (!canceledAt) await cancelOrder({ orderId: id, version, reason: '', by: olga })
  await queueSummaries(new Date('2026-10-28T06:05:00Z'))
  expect(await summaries()).toHaveLength(2)
})
