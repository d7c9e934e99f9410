import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { requestMail, signUp } from '#app/domain/accounts/sign-up.server.ts'
import { db } from '#db/client.ts'
import { mails } from '#db/schema/index.ts'
import { adaOrders, aProduct, olgaOpensHerShop, somebody } from '#tests/support/cast.ts'
import { revealLink } from './mails.server.ts'
import { resendMail, sendQueuedMail } from './send-mail.server.ts'

async function aConfirmation() {
  const { orderId } = await adaOrders(await aProduct({ title: 'Clay pot' }))
  const [mail] = await db.select().from(mails).where(eq(mails.orderId, orderId))
  return mail!.id
}

async function read(id: number) {
  const [mail] = await db.select().from(mails).where(eq(mails.id, id))
  return mail!
}

async function jobsFor(mailId: number) {
  const [row] = await db.execute<{ jobs: number }>(sql`
    select count(*)::int as jobs from pgboss.job where name = 'send-mail' and (data ->> 'mailId')::bigint = ${mailId}`)
  return row!.jobs
}

test('without a mail service the mail is kept with what it says, for staff to read', async () => {
  const id = await aConfirmation()
  await sendQueuedMail(id)
  const mail = await read(id)
  expect(mail).toMatchObject({ status: 'held', sentAt: null })
  expect(mail.subject).not.toBe('')
  expect(mail.text).toContain('Clay pot')
})

test('a kept or failed mail goes back into the queue, with one more job and no old error', async () => {
  const id = await aConfirmation()
  await sendQueuedMail(id)
  const before = await jobsFor(id)
  expect(await resendMail(id, somebody)).toBe(true)
  expect(await read(id)).toMatchObject({ status: 'queued' })
  await db.update(mails).set({ status: 'failed', lastError: 'Mailbox full' }).where(eq(mails.id, id))
  expect(await resendMail(id, somebody)).toBe(true)
  expect(await read(id)).toMatchObject({ status: 'queued', lastError: null })
  expect(await jobsFor(id)).toBe(before + 2)
})

test('a mail that was sent is not sent again', async () => {
  const id = await aConfirmation()
  await db
    .update(mails)
    .set({ status: 'sent', sentAt: sql`now()` })
    .where(eq(mails.id, id))
  const before = await jobsFor(id)
  expect(await resendMail(id, somebody)).toBe(false)
  expect(await resendMail(999_999, somebody)).toBe(false)
  expect(await jobsFor(id)).toBe(before)
  expect(await read(id)).toMatchObject({ status: 'sent' })
})

test('a button pressed twice queues a mail that already waits only once', async () => {
  const id = await aConfirmation()
  await sendQueuedMail(id)
  const before = await jobsFor(id)
  expect((await Promise.all([resendMail(id, somebody), resendMail(id, somebody)])).sort()).toEqual([
    false,
    true,
  ])
  expect(await jobsFor(id)).toBe(before + 1)
})

test('the link of a kept mail can be shown until it is used, and no other mail has one to show', async () => {
  await olgaOpensHerShop()
  const email = 'new@example.com'
  await requestMail('sign-up', email)
  const [queued] = await db.select().from(mails).where(eq(mails.toEmail, email))
  const show = async () => revealLink(await read(queued!.id), new Date())
  expect(await show()).toBe(null)
  await sendQueuedMail(queued!.id)
  const link = await show()
  expect(link).toMatch(/^http.*\/signup\/[\w-]{43}$/)
  const token = link!.split('/').at(-1)!
  expect(JSON.stringify(await read(queued!.id))).not.toContain(token)
  const inTwoDays = new Date(Date.now() + 48 * 60 * 60 * 1000)
  expect(await revealLink(await read(queued!.id), inTwoDays)).toBe(null)
  await signUp({ token, name: 'Nora', password: 'four words in a row', formerSessionId: null, userAgent: '' })
  expect(await show()).toBe(null)

  const id = await aConfirmation()
  await sendQueuedMail(id)
  expect(await revealLink(await read(id), new Date())).toBe(null)
})
