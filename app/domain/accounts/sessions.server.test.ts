import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { emailLinks, emails, sessions, users } from '#db/schema/index.ts'
import { createUser, password, signIn } from '#tests/support/cast.ts'
import { findSession, getDevice, listDevices } from './sessions.server.ts'
import { startUserSession } from './user-session.server.ts'
import { signOutDevice, signOutOtherDevices } from './sign-out-devices.server.ts'
import { deleteExpired } from '#app/domain/maintenance/cleanup.server.ts'

const ago = (time: string) => sql`now() - ${time}::interval`

const lastSeen = async (token: string, time: string) => {
  const session = (await findSession(token))!
  await db
    .update(sessions)
    .set({ lastSeenAt: ago(time) })
    .where(eq(sessions.id, session.id))
  return session.id
}

test.each([
  ['customer', '29 days 23 hours', '30 days'],
  ['staff', '29 minutes', '30 minutes'],
  ['admin', '29 minutes', '30 minutes'],
] as const)(
  'a session of a %s lives after %s without use, and is over after %s',
  async (role, alive, expiredSession) => {
    const token = await signIn((await createUser({ role })).id)
    await lastSeen(token, alive)
    expect(await findSession(token)).not.toBeNull()
    await lastSeen(token, expiredSession)
    expect(await findSession(token)).toBeNull()
  },
)

test.each([
  ['customer', 90 * 24],
  ['staff', 12],
] as const)('however much it is used, a session of a %s ends after %i hours', async (role, hours) => {
  const token = await signIn((await createUser({ role })).id)
  const [row] = await db
    .select({
      hours: sql<number>`extract(epoch from ${sessions.expiresAt} - ${sessions.createdAt})::float / 3600`,
    })
    .from(sessions)
    .where(eq(sessions.id, (await findSession(token))!.id))
  expect(row!.hours).toBeCloseTo(hours)
  await db.update(sessions).set({ expiresAt: ago('1 second') })
  expect(await findSession(token)).toBeNull()
})

test('using a session keeps it alive, recorded once a minute and not with each page', async () => {
  const token = await signIn((await createUser({ role: 'staff' })).id)
  const id = await lastSeen(token, '20 minutes')
  const seen = async () =>
    (await db.select().from(sessions).where(eq(sessions.id, id)))[0]!.lastSeenAt.getTime()
  const before = await seen()
  await findSession(token)
  const noted = await seen()
  expect(noted - before).toBeGreaterThan(19 * 60_000)
  await findSession(token)
  expect(await seen()).toBe(noted)
})

test('a suspended user gets no session, not even concurrently', async () => {
  for (let round = 0; round < 10; round++) {
    const { id } = await createUser()
    await Promise.all([
      startUserSession({ userId: id, formerSessionId: null, userAgent: '' }),
      db.transaction(async (tx) => {
        await tx
          .update(users)
          .set({ disabledAt: sql`now()` })
          .where(eq(users.id, id))
        await tx.delete(sessions).where(eq(sessions.userId, id))
      }),
    ])
    expect(await db.$count(sessions, eq(sessions.userId, id))).toBe(0)
  }
})

test('users list only their own devices, and can end them with the password', async () => {
  const [carl, eve] = [await createUser(), await createUser()]
  const tokens = [await signIn(carl.id), await signIn(carl.id)]
  const [device] = await listDevices(carl.id)
  expect(await listDevices(carl.id)).toHaveLength(2)
  const count = async () => (await Promise.all(tokens.map(findSession))).filter(Boolean).length
  const end = (userId: number, typed: string) =>
    signOutDevice({ userId, sessionId: device!.id, password: typed })
  expect(await getDevice({ userId: eve.id, sessionId: device!.id })).toBeNull()
  await end(eve.id, password)
  expect(await end(carl.id, 'not the password')).toEqual({ ok: false, reason: 'wrong-password' })
  expect(await count()).toBe(2)
  expect(await end(carl.id, password)).toEqual({ ok: true })
  expect(await count()).toBe(1)
})

test('all other devices are signed out with the password, and not without', async () => {
  const carl = await createUser()
  const [here, elsewhere] = [await signIn(carl.id), await signIn(carl.id)]
  const sessionId = (await findSession(here))!.id
  const out = (typed: string) => signOutOtherDevices({ userId: carl.id, sessionId, password: typed })
  expect(await out('not the password')).toEqual({ ok: false, reason: 'wrong-password' })
  expect(await findSession(elsewhere)).not.toBeNull()
  expect(await out(password)).toEqual({ ok: true })
  expect(await findSession(elsewhere)).toBeNull()
  expect(await findSession(here)).not.toBeNull()
})

test('cleanup deletes expired rows and keeps the others', async () => {
  const { id, email } = await createUser()
  const tokens = [await signIn(id), await signIn(id), await signIn(id)] as const
  await lastSeen(tokens[0], '31 days')
  const expired = (await findSession(tokens[1]))!.id
  await db
    .update(sessions)
    .set({ expiresAt: ago('1 minute') })
    .where(eq(sessions.id, expired))
  const [message] = await db
    .insert(emails)
    .values({ kind: 'sign-up', dedupeKey: 'cleanup', toEmail: email })
    .returning({ id: emails.id })
  await db.insert(emailLinks).values({
    ...{ kind: 'sign-up', emailId: message!.id, email, salt: Buffer.alloc(16), tokenHash: Buffer.alloc(32) },
    expiresAt: ago('8 days'),
  })
  await deleteExpired()
  expect(await db.$count(sessions, eq(sessions.userId, id))).toBe(1)
  expect(await findSession(tokens[2])).not.toBeNull()
  expect(await db.$count(emailLinks)).toBe(0)
})
