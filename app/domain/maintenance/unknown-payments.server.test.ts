import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { listNotifications } from '#app/domain/notifications/notifications.server.ts'
import { UnknownAttempt } from '#app/domain/billing/apply-payment.server.ts'
import { processEvent, receiveEvent } from '#app/domain/billing/provider-events.server.ts'
import { db } from '#db/client.ts'
import { payments, providerEvents } from '#db/schema/index.ts'
import { createShop } from '#tests/support/cast.ts'
import { sign, type StripeDouble, startStripeDouble } from '#tests/support/stripe-double.ts'
import { handleDeadLetter } from './handle-dead-letter.server.ts'

let double: StripeDouble
let olga: number
beforeAll(async () => {
  double = await startStripeDouble()
  ;({ olga } = await createShop())
})
afterAll(() => double.stop())
beforeEach(() => {
  double.account.events.length = 0
})

/** A page of an order that this store does not have, paid. Returns the message about it. */
async function payForUnknownOrder() {
  const times = { createdAt: new Date(), expiresAt: new Date(Date.now() + 3_600_000) }
  const { id } = await double.provider.createSession(
    { ...{ id: 999_999, orderId: 999_999, amount: 4210, currency: 'EUR', isAuthorization: false }, ...times },
    {
      ...{ orderName: '#9', email: 'ada@example.com' },
      ...{ returnUrl: 'https://shop.example/', cancelUrl: 'https://shop.example/' },
    },
  )
  double.pay(id)
  return double.account.events.at(-1)!
}

async function receive(event: object): Promise<boolean> {
  const body = JSON.stringify(event)
  return receiveEvent(Buffer.from(body), sign(body), double.provider)
}

async function readEvent(id: string) {
  const [stored] = await db.select().from(providerEvents).where(eq(providerEvents.id, id))
  return stored ?? null
}

test('money for an order that the store does not have is accepted, tried again, and then shown to staff', async () => {
  const event = await payForUnknownOrder()
  expect(await receive(event)).toBe(true)
  expect(await readEvent(event.id)).toMatchObject({ kind: 'checkout.session.completed', processedAt: null })
  for (let attempt = 0; attempt < 2; attempt += 1)
    await expect(processEvent(event.id, double.provider)).rejects.toThrow(UnknownAttempt)
  expect(await readEvent(event.id)).toMatchObject({ processedAt: null })
  expect(await db.$count(payments)).toBe(0)

  // After the last attempt.
  const letter = { id: crypto.randomUUID(), queue: 'process-provider-event', data: { eventId: event.id } }
  await handleDeadLetter(letter)
  await handleDeadLetter(letter)
  const news = (await listNotifications(olga, 'staff', 1)).notifications.map(({ text }) => text)
  expect(news).toEqual([`Failed after several attempts: process-provider-event ${event.id}`])
})

test('a payment of other software on the account is accepted and changes nothing', async () => {
  const event = await payForUnknownOrder()
  const session = double.account.session(event.data.object.id)
  session.metadata = {}
  expect(await receive(event)).toBe(true)
  await processEvent(event.id, double.provider)
  expect((await readEvent(event.id))!.processedAt).not.toBe(null)
  expect(await db.$count(payments)).toBe(0)
})

test('a message about something else is accepted and not stored', async () => {
  const event = { ...(await payForUnknownOrder()), type: 'customer.created' }
  expect(await receive(event)).toBe(true)
  expect(await readEvent(event.id)).toBe(null)
})
