import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db, transaction } from '#db/client.ts'
import { mailLinks, mails } from '#db/schema/index.ts'
import { findLink, getLinkOfMail, linkMinutes, tokenOf, useLink } from './mail-links.server.ts'
import { enqueueAccountMail } from './outbox.server.ts'
import { sendQueuedMail } from './send-mail.server.ts'
import { aPerson, olgaOpensHerShop } from '#tests/support/cast.ts'

async function aLink(kind: 'password-reset' | 'email-change' = 'email-change') {
  const { id, email } = await aPerson()
  const mailId = await transaction((tx) =>
    enqueueAccountMail(tx, { kind, to: email, link: { kind, userId: id } }),
  )
  const link = (await getLinkOfMail(mailId))!
  return { mailId, link, token: tokenOf(link)!, userId: id, email }
}

test('a link is found by its token and kind, as long as it is good', async () => {
  const { link, token } = await aLink()
  expect(await findLink('email-change', token)).toMatchObject({ id: link.id })
  expect(await findLink('password-reset', token)).toBeNull()
  expect(await findLink('email-change', `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`)).toBeNull()
  await db
    .update(mailLinks)
    .set({ expiresAt: sql`now() - interval '1 second'` })
    .where(eq(mailLinks.id, link.id))
  expect(await findLink('email-change', token)).toBeNull()
})

test('a link to a new password works for at most an hour', () => {
  expect(linkMinutes['password-reset']).toBeLessThanOrEqual(60)
})

test('of ten who use one link at once, one gets it', async () => {
  const { token } = await aLink()
  const uses = await Promise.all(
    Array.from({ length: 10 }, () => transaction((tx) => useLink(tx, 'email-change', token))),
  )
  expect(uses.filter(Boolean)).toHaveLength(1)
})

test('the token is in no table: not with the link, and not in the mail that is kept', async () => {
  await olgaOpensHerShop()
  const { mailId, token } = await aLink()
  await sendQueuedMail(mailId)
  const [mail] = await db.select().from(mails).where(eq(mails.id, mailId))
  expect(mail!.status).toBe('held')
  expect(mail!.text).toContain('/confirm-email/…')
  const tables = await db.execute<{ row: string }>(
    sql`select l::text as row from mail_links l union all select m::text from mails m union all select j.data::text from pgboss.job j`,
  )
  expect(tables.filter(({ row }) => row?.includes(token))).toEqual([])
})

test('the job that runs again writes the same link', async () => {
  await olgaOpensHerShop()
  const { email } = await aPerson()
  const mailId = await transaction((tx) => enqueueAccountMail(tx, { kind: 'password-reset', to: email }))
  await sendQueuedMail(mailId)
  const first = tokenOf((await getLinkOfMail(mailId))!)
  await sendQueuedMail(mailId)
  expect(first).not.toBeNull()
  expect(tokenOf((await getLinkOfMail(mailId))!)).toBe(first)
})
