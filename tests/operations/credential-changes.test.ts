import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { Secret, TOTP } from 'otpauth'
import { expect, test, vi } from 'vitest'
import { beginTwoFactor, getTwoFactorSetup } from '#app/domain/accounts/two-factor.server.ts'
import { getLinkOfMail, tokenOf } from '#app/domain/mail/mail-links.server.ts'
import { enqueueAccountMail } from '#app/domain/mail/outbox.server.ts'
import { db, transaction } from '#db/client.ts'
import { recoveryCodes, sessions, users } from '#db/schema/index.ts'
import { aPerson, password } from '#tests/support/cast.ts'
import { aVisitor, useRunningShop } from '#tests/support/http-shop.ts'
import { databaseUrl } from '#tests/support/database.ts'
import { whileRowIsLocked } from '#tests/support/locked-row.ts'
import { startShop } from '#tests/support/running-shop.ts'
import { createVisitor, hiddenFields } from '#tests/support/visitor.ts'

vi.setConfig({ testTimeout: 120_000 })
useRunningShop()

async function resetTokenFor({ id, email }: { id: number; email: string }): Promise<string> {
  const kind = 'password-reset'
  const mailId = await transaction((tx) =>
    enqueueAccountMail(tx, { kind, to: email, link: { kind, userId: id } }),
  )
  return tokenOf((await getLinkOfMail(mailId))!)!
}

async function aPersonWithAnApp() {
  const person = await aPerson({ role: 'staff' })
  await beginTwoFactor({ userId: person.id, password })
  const { secret } = (await getTwoFactorSetup(person.id, 'Hill & Co'))!
  await db
    .update(users)
    .set({ totpEnabledAt: sql`now()` })
    .where(eq(users.id, person.id))
  const codeIn = (seconds: number) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + seconds * 1000 })
  return { ...person, codeIn }
}

test('a sign-in that verified the old password while a reset was waiting starts no session', async () => {
  const rounds = 20
  const statuses: number[] = []
  let survivors = 0
  while (statuses.length < rounds) {
    const carl = await aPerson()
    const token = await resetTokenFor(carl)
    const [reset, signIn] = await whileRowIsLocked(carl.id, [
      () => aVisitor().post(`/reset-password/${token}`, { password: `new password ${statuses.length}` }),
      () => aVisitor().post('/login', { email: carl.email, password }),
    ])
    // On a machine so busy that the reset waited longer than a statement may, the round is played again.
    if (reset!.status === 503) continue
    expect(reset).toMatchObject({ status: 303, location: '/login' })
    statuses.push(signIn!.status)
    survivors += await db.$count(sessions, eq(sessions.userId, carl.id))
  }
  expect({ survivors, rounds: statuses.length }).toEqual({ survivors: 0, rounds })
  expect(statuses).toEqual(Array(rounds).fill(401))
})

test('who verified the password before a reset cannot finish with the second factor after it', async () => {
  const thief = aVisitor()
  const carl = await aPersonWithAnApp()
  const signIn = await thief.post('/login', { email: carl.email, password })
  expect(signIn.location).toBe('/login/second-factor')
  const token = await resetTokenFor(carl)
  expect((await aVisitor().post(`/reset-password/${token}`, { password: 'a new password' })).status).toBe(303)
  expect((await thief.post('/login/second-factor', { code: carl.codeIn(0) })).location).toBe('/login')
  expect(await db.$count(sessions, eq(sessions.userId, carl.id))).toBe(0)
})

test('a verified password opens the second step once', async () => {
  const carl = await aPersonWithAnApp()
  const browser = aVisitor()
  await browser.post('/login', { email: carl.email, password })
  const copy = aVisitor(Object.fromEntries(browser.cookies))
  expect(await browser.post('/login/second-factor', { code: carl.codeIn(0) })).toMatchObject({
    status: 303,
    location: '/admin',
  })
  expect((await copy.post('/login/second-factor', { code: carl.codeIn(30) })).location).toBe('/login')
  expect(await db.$count(sessions, eq(sessions.userId, carl.id))).toBe(1)
})

test('a password is what was typed, with its spaces, wherever it is set and asked', async () => {
  const carl = await aPerson()
  const typed = '  four words and spaces '
  const token = await resetTokenFor(carl)
  expect((await aVisitor().post(`/reset-password/${token}`, { password: typed })).status).toBe(303)
  for (const other of [typed.trim(), typed.trimStart(), `${typed} `])
    expect((await aVisitor().post('/login', { email: carl.email, password: other })).status).toBe(401)
  const browser = aVisitor()
  expect((await browser.post('/login', { email: ` ${carl.email} `, password: typed })).location).toBe(
    '/account',
  )
  const { csrf } = hiddenFields((await browser.get('/account/password')).body, '/account/password')
  const change = (current: string, password: string) =>
    browser.post('/account/password', { csrf: csrf!, current, password })
  expect((await change(typed.trim(), ' another password')).status).toBe(422)
  expect((await change(typed, ' another password')).location).toBe('/account/security')
  expect((await aVisitor().post('/login', { email: carl.email, password: ' another password' })).status).toBe(
    303,
  )
})

test('whose second factor cannot be checked is told so, and gets in by a recovery code or by the server', async () => {
  const carl = await aPersonWithAnApp()
  const recovery = 'ABCD-EFGH-JKMN-PQRS-TVWX-YZ01'
  const codeHash = createHash('sha256').update(recovery.replaceAll('-', '').toLowerCase()).digest()
  await db.insert(recoveryCodes).values({ userId: carl.id, codeHash })
  const lost = { SESSION_SECRET: 'n'.repeat(32), ROLE: 'web' }
  const shop = await startShop({ databaseUrl }, lost)
  try {
    expect(shop.output()).toMatch(/"accounts":\d+/)
    const browser = createVisitor(shop.origin)
    await browser.post('/login', { email: carl.email, password })
    const refused = await browser.post('/login/second-factor', { code: carl.codeIn(0) })
    expect(refused.status).toBe(401)
    expect(refused.body).toContain('Enter one of your recovery codes')
    expect((await browser.post('/login/second-factor', { code: recovery })).location).toBe('/admin')

    const run = (...args: string[]) =>
      spawnSync(process.execPath, ['scripts/way-in.ts', ...args], {
        encoding: 'utf8',
        env: { PATH: process.env.PATH, DATABASE_URL: databaseUrl, ...lost } as unknown as NodeJS.ProcessEnv,
      })
    expect(run(carl.email).stdout).toContain('--without-second-factor')
    const printed = run(carl.email, '--without-second-factor')
    expect(printed).toMatchObject({ status: 0, stderr: '' })
    expect(printed.stdout).not.toContain('cannot be checked')
    const after = createVisitor(shop.origin)
    expect((await after.post('/login', { email: carl.email, password })).location).toBe('/admin')
  } finally {
    await shop.stop()
  }
})
