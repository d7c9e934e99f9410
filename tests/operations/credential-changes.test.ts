import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { Secret, TOTP } from 'otpauth'
import { expect, test, vi } from 'vitest'
import { beginTwoFactor, getTwoFactorSetup } from '#app/domain/accounts/two-factor.server.ts'
import { getEmailLink, deriveLinkToken } from '#app/domain/mail/email-links.server.ts'
import { enqueueAccountEmail } from '#app/domain/mail/outbox.server.ts'
import { db, transaction } from '#db/client.ts'
import { recoveryCodes, sessions, users } from '#db/schema/index.ts'
import { createUser, password } from '#tests/support/cast.ts'
import { newVisitor, useRunningShop } from '#tests/support/http-shop.ts'
import { databaseUrl } from '#tests/support/database.ts'
import { whileRowIsLocked } from '#tests/support/locked-row.ts'
import { startShop } from '#tests/support/running-shop.ts'
import { createVisitor, hiddenFields } from '#tests/support/visitor.ts'

vi.setConfig({ testTimeout: 120_000 })
useRunningShop()

async function resetTokenFor({ id, email }: { id: number; email: string }): Promise<string> {
  const kind = 'password-reset'
  const emailId = await transaction((tx) =>
    enqueueAccountEmail(tx, { kind, to: email, link: { kind, userId: id } }),
  )
  return deriveLinkToken((await getEmailLink(emailId))!)!
}

async function createUserWithApp() {
  const user = await createUser({ role: 'staff' })
  await beginTwoFactor({ userId: user.id, password })
  const { secret } = (await getTwoFactorSetup(user.id, 'Hill & Co'))!
  await db
    .update(users)
    .set({ totpEnabledAt: sql`now()` })
    .where(eq(users.id, user.id))
  const codeIn = (seconds: number) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + seconds * 1000 })
  return { ...user, codeIn }
}

test('a sign-in that verified the old password during a reset starts no session', async () => {
  const rounds = 20
  const statuses: number[] = []
  let survivors = 0
  while (statuses.length < rounds) {
    const carl = await createUser()
    const token = await resetTokenFor(carl)
    const [reset, signIn] = await whileRowIsLocked({ table: users, id: carl.id }, [
      () => newVisitor().post(`/reset-password/${token}`, { password: `new password ${statuses.length}` }),
      () => newVisitor().post('/login', { email: carl.email, password }),
    ])
    // On a machine so busy that the reset hit the statement timeout, the round is repeated.
    if (reset!.status === 503) continue
    expect(reset).toMatchObject({ status: 303, location: '/login' })
    statuses.push(signIn!.status)
    survivors += await db.$count(sessions, eq(sessions.userId, carl.id))
  }
  expect({ survivors, rounds: statuses.length }).toEqual({ survivors: 0, rounds })
  expect(statuses).toEqual(Array(rounds).fill(401))
})

test('a sign-in verified before a reset cannot be finished with the two-factor code after it', async () => {
  const thief = newVisitor()
  const carl = await createUserWithApp()
  const signIn = await thief.post('/login', { email: carl.email, password })
  expect(signIn.location).toBe('/login/two-factor')
  const token = await resetTokenFor(carl)
  expect((await newVisitor().post(`/reset-password/${token}`, { password: 'a new password' })).status).toBe(
    303,
  )
  expect((await thief.post('/login/two-factor', { code: carl.codeIn(0) })).location).toBe('/login')
  expect(await db.$count(sessions, eq(sessions.userId, carl.id))).toBe(0)
})

test('a verified password can be used for the second step once', async () => {
  const carl = await createUserWithApp()
  const browser = newVisitor()
  await browser.post('/login', { email: carl.email, password })
  const copy = newVisitor(Object.fromEntries(browser.cookies))
  expect(await browser.post('/login/two-factor', { code: carl.codeIn(0) })).toMatchObject({
    status: 303,
    location: '/admin',
  })
  expect((await copy.post('/login/two-factor', { code: carl.codeIn(30) })).location).toBe('/login')
  expect(await db.$count(sessions, eq(sessions.userId, carl.id))).toBe(1)
})

test('a password is used exactly as typed, with its spaces, everywhere', async () => {
  const carl = await createUser()
  const typed = '  four words and spaces '
  const token = await resetTokenFor(carl)
  expect((await newVisitor().post(`/reset-password/${token}`, { password: typed })).status).toBe(303)
  for (const other of [typed.trim(), typed.trimStart(), `${typed} `])
    expect((await newVisitor().post('/login', { email: carl.email, password: other })).status).toBe(401)
  const browser = newVisitor()
  expect((await browser.post('/login', { email: ` ${carl.email} `, password: typed })).location).toBe(
    '/account',
  )
  const { csrf } = hiddenFields((await browser.get('/account/password')).body, '/account/password')
  const change = (current: string, password: string) =>
    browser.post('/account/password', { csrf: csrf!, current, password })
  expect((await change(typed.trim(), ' another password')).status).toBe(422)
  expect((await change(typed, ' another password')).location).toBe('/account/security')
  expect(
    (await newVisitor().post('/login', { email: carl.email, password: ' another password' })).status,
  ).toBe(303)
})

test('a user whose two-factor code cannot be checked is told so, and can use a recovery code or the server’s operator', async () => {
  const carl = await createUserWithApp()
  const recovery = 'ABCD-EFGH-JKMN-PQRS-TVWX-YZ01'
  const codeHash = createHash('sha256').update(recovery.replaceAll('-', '').toLowerCase()).digest()
  await db.insert(recoveryCodes).values({ userId: carl.id, codeHash })
  const lost = { SESSION_SECRET: 'n'.repeat(32), ROLE: 'web' }
  const shop = await startShop({ databaseUrl }, lost)
  try {
    expect(shop.output()).toMatch(/"accounts":\d+/)
    const browser = createVisitor(shop.origin)
    await browser.post('/login', { email: carl.email, password })
    const refused = await browser.post('/login/two-factor', { code: carl.codeIn(0) })
    expect(refused.status).toBe(401)
    expect(refused.body).toContain('Enter a recovery code')
    expect((await browser.post('/login/two-factor', { code: recovery })).location).toBe('/admin')

    const run = (...args: string[]) =>
      spawnSync(process.execPath, ['scripts/recover-account.ts', ...args], {
        encoding: 'utf8',
        env: { PATH: process.env.PATH, DATABASE_URL: databaseUrl, ...lost } as unknown as NodeJS.ProcessEnv,
      })
    expect(run(carl.email).stdout).toContain('--without-two-factor')
    const printed = run(carl.email, '--without-two-factor')
    expect(printed).toMatchObject({ status: 0, stderr: '' })
    expect(printed.stdout).not.toContain('can’t be read')
    const after = createVisitor(shop.origin)
    expect((await after.post('/login', { email: carl.email, password })).location).toBe('/admin')
  } finally {
    await shop.stop()
  }
})
