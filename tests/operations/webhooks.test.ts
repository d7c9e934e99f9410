import { afterAll, beforeAll, expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { providerEvents } from '#db/schema/index.ts'
import { createShop } from '#tests/support/cast.ts'
import { databaseUrl } from '#tests/support/database.ts'
import { type RunningShop, startShop } from '#tests/support/running-shop.ts'
import { sign, type StripeDouble, startStripeDouble } from '#tests/support/stripe-double.ts'
import { stopLeftoverTills } from '#tests/support/till.ts'

let double: StripeDouble
let shop: RunningShop

beforeAll(async () => {
  await createShop()
  double = await startStripeDouble()
  shop = await startShop({ databaseUrl }, double.settings)
})
afterAll(async () => {
  await shop.stop()
  await double.stop()
  stopLeftoverTills()
})

const body = JSON.stringify({
  ...{ id: 'evt_unknown', object: 'event', type: 'checkout.session.completed' },
  data: { object: { id: 'cs_unknown' } },
})

async function send(signature: string | null, sent = body): Promise<number> {
  const headers = { 'content-type': 'application/json', ...(signature && { 'stripe-signature': signature }) }
  const response = await fetch(`${shop.origin}/webhooks/stripe`, { method: 'POST', body: sent, headers })
  return response.status
}

test('a message without a signature, with a wrong one, of another body or five minutes old is refused and not stored', async () => {
  expect(await send(null)).toBe(403)
  expect(await send('t=1,v1=0')).toBe(400)
  expect(await send(sign(body, { secret: 'whsec_another1' }))).toBe(400)
  expect(await send(sign(body), `${body} `)).toBe(400)
  expect(await send(sign(body, { at: Date.now() - 301_000 }))).toBe(400)
  expect(await db.$count(providerEvents)).toBe(0)
})

test('a signed message about an unknown payment is answered and stored once, however often it is sent', async () => {
  expect(await Promise.all([1, 2, 3].map(() => send(sign(body))))).toEqual([200, 200, 200])
  expect(await send(sign(body, { at: Date.now() - 200_000 }))).toBe(200)
  expect(await db.$count(providerEvents)).toBe(1)
})
