import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db, transaction } from '#db/client.ts'
import { emailLinks, emails } from '#db/schema/index.ts'
import { findLink, getEmailLink, linkMinutes, deriveLinkToken, consumeLink } from './email-links.server.ts'
import { enqueueAccountEmail } from './outbox.server.ts'
import { sendQueuedEmail } from '#app/domain/emails/send-email.server.ts'
import { createUser, createShop } from '#tests/support/cast.ts'

async function createTestLink(kind: 'password-reset' | 'email-change' = 'email-change') {
  const { id, email } = await createUser()
  const emailId = await transaction((tx) =>
    enqueueAccountEmail(tx, { kind, to: email, link: { kind, userId: id } }),
  )
  const link = (await getEmailLink(emailId))!
  return { emailId, link, token: deriveLinkToken(link)!, userId: id, email }
}

test('a link is found by its token and kind while it is valid', async () => {
  const { link, token } = await createTestLink()
  expect(await findLink('email-change', token)).toMatchObject({ id: link.id })
  expect(await findLink('password-reset', token)).toBeNull()
  expect(await findLink('email-change', `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`)).toBeNull()
  await db
    .update(emailLinks)
    .set({ expiresAt: sql`now() - interval '1 second'` })
    .where(eq(emailLinks.id, link.id))
  expect(await findLink('email-change', token)).toBeNull()
})

test('a password reset link is valid for at most an hour', () => {
  expect(linkMinutes['password-reset']).toBeLessThanOrEqual(60)
})

test('of ten concurrent uses of one link, one succeeds', async () => {
  const { token } = await createTestLink()
  const uses = await Promise.all(
    Array.from({ length: 10 }, () => transaction((tx) => consumeLink(tx, 'email-change', token))),
  )
  expect(uses.filter(Boolean)).toHaveLength(1)
})

test('the token is in no table: neither with the link nor in the stored email', async () => {
  await createShop()
  const { emailId, token } = await createTestLink()
  await sendQueuedEmail(emailId)
  const [message] = await db.select().from(emails).where(eq(emails.id, emailId))
  expect(message!.status).toBe('held')
  expect(message!.text).toContain('/confirm-email/…')
  const tables = await db.execute<{ row: string }>(
    sql`select l::text as row from email_links l union all select m::text from emails m union all select j.data::text from pgboss.job j`,
  )
  expect(tables.filter(({ row }) => row?.includes(token))).toEqual([])
})

test('a repeated job renders the same link', async () => {
  await createShop()
  const { email } = await createUser()
  const emailId = await transaction((tx) => enqueueAccountEmail(tx, { kind: 'password-reset', to: email }))
  await sendQueuedEmail(emailId)
  const first = deriveLinkToken((await getEmailLink(emailId))!)
  await sendQueuedEmail(emailId)
  expect(first).not.toBeNull()
  expect(deriveLinkToken((await getEmailLink(emailId))!)).toBe(first)
})
