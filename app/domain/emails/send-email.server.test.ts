import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { requestSignUpEmail, signUp } from '#app/domain/accounts/sign-up.server.ts'
import { db } from '#db/client.ts'
import { emails } from '#db/schema/index.ts'
import { createOrder, createProduct, createShop, anyUser } from '#tests/support/cast.ts'
import { revealLink } from '#app/domain/mail/emails.server.ts'
import { resendEmail, sendQueuedEmail } from './send-email.server.ts'

async function createConfirmation() {
  const { orderId } = await createOrder(await createProduct({ title: 'Clay pot' }))
  const [message] = await db.select().from(emails).where(eq(emails.orderId, orderId))
  return message!.id
}

async function read(id: number) {
  const [message] = await db.select().from(emails).where(eq(emails.id, id))
  return message!
}

async function jobsFor(emailId: number) {
  const [row] = await db.execute<{ jobs: number }>(sql`
    select count(*)::int as jobs from pgboss.job where name = 'send-email' and (data ->> 'emailId')::bigint = ${emailId}`)
  return row!.jobs
}

test('without an email provider the email is held with its content, for staff to read', async () => {
  const id = await createConfirmation()
  await sendQueuedEmail(id)
  const message = await read(id)
  expect(message).toMatchObject({ status: 'held', sentAt: null })
  expect(message.subject).not.toBe('')
  expect(message.text).toContain('Clay pot')
})

test('resending a held or failed email queues one more job and clears the old error', async () => {
  const id = await createConfirmation()
  await sendQueuedEmail(id)
  const before = await jobsFor(id)
  expect(await resendEmail(id, anyUser)).toBe(true)
  expect(await read(id)).toMatchObject({ status: 'queued' })
  await db.update(emails).set({ status: 'failed', lastError: 'Mailbox full' }).where(eq(emails.id, id))
  expect(await resendEmail(id, anyUser)).toBe(true)
  expect(await read(id)).toMatchObject({ status: 'queued', lastError: null })
  expect(await jobsFor(id)).toBe(before + 2)
})

test('a sent email is not sent again', async () => {
  const id = await createConfirmation()
  await db
    .update(emails)
    .set({ status: 'sent', sentAt: sql`now()` })
    .where(eq(emails.id, id))
  const before = await jobsFor(id)
  expect(await resendEmail(id, anyUser)).toBe(false)
  expect(await resendEmail(999_999, anyUser)).toBe(false)
  expect(await jobsFor(id)).toBe(before)
  expect(await read(id)).toMatchObject({ status: 'sent' })
})

test('resending twice queues a waiting email only once', async () => {
  const id = await createConfirmation()
  await sendQueuedEmail(id)
  const before = await jobsFor(id)
  expect((await Promise.all([resendEmail(id, anyUser), resendEmail(id, anyUser)])).sort()).toEqual([
    false,
    true,
  ])
  expect(await jobsFor(id)).toBe(before + 1)
})

test('the link of a held email can be revealed until it is used; other emails have no link to reveal', async () => {
  await createShop()
  const email = 'new@example.com'
  await requestSignUpEmail('sign-up', email)
  const [queued] = await db.select().from(emails).where(eq(emails.toEmail, email))
  const show = async () => revealLink(await read(queued!.id), new Date())
  expect(await show()).toBe(null)
  await sendQueuedEmail(queued!.id)
  const link = await show()
  expect(link).toMatch(/^http.*\/signup\/[\w-]{43}$/)
  const token = link!.split('/').at(-1)!
  expect(JSON.stringify(await read(queued!.id))).not.toContain(token)
  const inTwoDays = new Date(Date.now() + 48 * 60 * 60 * 1000)
  expect(await revealLink(await read(queued!.id), inTwoDays)).toBe(null)
  await signUp({ token, name: 'Nora', password: 'four words in a row', formerSessionId: null, userAgent: '' })
  expect(await show()).toBe(null)

  const id = await createConfirmation()
  await sendQueuedEmail(id)
  expect(await revealLink(await read(id), new Date())).toBe(null)
})
