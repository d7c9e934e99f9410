import { afterAll, beforeAll, expect, test } from 'vitest'
import { createShop, createUser } from '#tests/support/cast.ts'
import { startEmailService } from '#tests/support/email-service.ts'
import { sendTestEmail } from './send-test-email.server.ts'

let service: Awaited<ReturnType<typeof startEmailService>>

beforeAll(async () => {
  await createShop()
  service = await startEmailService()
})

afterAll(() => service.stop())

test('a test email goes to the user’s own address through the email service', async () => {
  const clerk = await createUser({ role: 'staff', permissions: ['orders'] })
  expect(await sendTestEmail(clerk.id, service.settings)).toEqual({ kind: 'sent', to: clerk.email })
  expect(service.received).toEqual([
    expect.objectContaining({
      to: clerk.email,
      subject: expect.stringMatching(/^Test email from /),
      text: expect.stringContaining('This is a test email.'),
    }),
  ])
})

test('a refusal is returned with the reason of the email service', async () => {
  const { olga } = await createShop()
  service.refuseWith('The hill.example domain is not verified.')
  expect(await sendTestEmail(olga, service.settings)).toMatchObject({
    kind: 'failed',
    detail: 'Resend rejected the email: The hill.example domain is not verified.',
  })
  service.refuseWith(null)
  expect(await sendTestEmail(olga, { ...service.settings, resendApiKey: 're_wrong_key' })).toMatchObject({
    kind: 'failed',
    detail: 'Resend rejected the email: API key is invalid',
  })
})

test('without an email service nothing is sent', async () => {
  const { olga } = await createShop()
  expect(await sendTestEmail(olga, {})).toEqual({ kind: 'no-service' })
  expect(await sendTestEmail(999_999, service.settings)).toBe(null)
})
