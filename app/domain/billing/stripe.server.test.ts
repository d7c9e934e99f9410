import { afterAll, beforeAll, expect, test } from 'vitest'
import { sign, type StripeDouble, startStripeDouble } from '#tests/support/stripe-double.ts'
import type { Attempt } from './provider.ts'
import { ProviderRefusal } from './provider.ts'

let double: StripeDouble
beforeAll(async () => (double = await startStripeDouble()))
afterAll(() => double.stop())

const page = {
  orderName: '#1001',
  email: 'ada@example.com',
  returnUrl: 'https://shop.example/orders/t',
  cancelUrl: 'https://shop.example/orders/t',
}
let attempts = 0
const newAttempt = (changes: Partial<Attempt> = {}): Attempt => ({
  ...{ id: ++attempts, orderId: 7, amount: 4210, currency: 'EUR', isAuthorization: false },
  ...{ createdAt: new Date(), expiresAt: new Date(Date.now() + 3_600_000) },
  ...changes,
})

test('a session is created once, and again with the same answer', async () => {
  const attempt = newAttempt()
  const first = await double.provider.createSession(attempt, page)
  expect(await double.provider.createSession(attempt, page)).toEqual(first)
  expect(await double.provider.retrieveSession(first.id)).toMatchObject({ status: 'open', payment: null })
})

test('a session whose answer was lost is found by its attempt, not by that of another store', async () => {
  const attempt = newAttempt()
  double.fail(/POST .*sessions$/, 'close-after')
  await expect(double.provider.createSession(attempt, page)).rejects.toThrow()
  const found = await double.provider.findSession(attempt)
  expect(found).toMatchObject({ status: 'open' })
  expect(await double.provider.createSession(attempt, page)).toMatchObject({ id: found!.id })
  expect(await double.provider.findSession({ ...attempt, createdAt: new Date(Date.now() - 1) })).toBeNull()
})

test('a paid session cannot be expired, and says that it was paid', async () => {
  const { id } = await double.provider.createSession(newAttempt(), page)
  double.pay(id)
  expect(await double.provider.expireSession(id)).toMatchObject({
    status: 'complete',
    payment: { status: 'received', amount: 4210, currency: 'EUR' },
  })
})

test('a hold is captured in part, and a refund above the charge is refused', async () => {
  const { id } = await double.provider.createSession(newAttempt({ isAuthorization: true }), page)
  const paymentId = double.pay(id)
  expect(await double.provider.retrievePayment(paymentId)).toMatchObject({
    status: 'authorized',
    amount: 4210,
  })
  expect(await double.provider.capture(paymentId, 4000)).toMatchObject({ status: 'received', amount: 4000 })
  const transfer = { id: 1, paymentId, amount: 1500, currency: 'EUR' }
  const made = await double.provider.refund(transfer)
  expect(await double.provider.refund(transfer)).toEqual(made)
  expect(await double.provider.findRefund(transfer)).toEqual(made)
  await expect(double.provider.refund({ ...transfer, id: 2, amount: 2501 })).rejects.toThrow(ProviderRefusal)
})

test('a call while another one with its key runs is no refusal, and both get the one refund afterwards', async () => {
  const { id } = await double.provider.createSession(newAttempt(), page)
  const transfer = { id: 3, paymentId: double.pay(id), amount: 1500, currency: 'EUR' }
  double.fail(/POST .*refunds$/, 'hold', 1)
  const [first, second] = [double.provider.refund(transfer), double.provider.refund(transfer)]
  const failed = await Promise.any(
    [first, second].map((call) =>
      call.then(
        () => Promise.reject(new Error('It was answered')),
        (error: unknown) => error,
      ),
    ),
  )
  expect(failed).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' })
  expect(failed).not.toBeInstanceOf(ProviderRefusal)
  double.letGo()
  const answers = await Promise.allSettled([first, second])
  expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const made = await double.provider.refund(transfer)
  expect(answers).toContainEqual({ status: 'fulfilled', value: made })
  expect(await double.provider.listRefunds(transfer.paymentId)).toEqual([made])
})

test('a message is verified: signature, secret and age', async () => {
  const { id } = await double.provider.createSession(newAttempt(), page)
  double.pay(id)
  const body = JSON.stringify(double.account.events.at(-1))
  const verify = (signature: string) => double.provider.verifyEvent(Buffer.from(body), signature)
  expect(await verify(sign(body))).toMatchObject({ about: { object: 'session', id } })
  await expect(verify(sign(body, { secret: 'whsec_another1' }))).rejects.toThrow()
  await expect(verify(sign(body, { at: Date.now() - 301_000 }))).rejects.toThrow()
  await expect(verify(sign(`${body} `))).rejects.toThrow()
})
