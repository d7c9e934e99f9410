import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { Secret, TOTP } from 'otpauth'
import { expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { recoveryCodes, sessions, users } from '#db/schema/index.ts'
import { createUser, password, signIn } from '#tests/support/cast.ts'
import { findSession } from './sessions.server.ts'
import {
  beginTwoFactor,
  checkTwoFactorCode,
  countRecoveryCodes,
  disableTwoFactor,
  enableTwoFactor,
  getTwoFactorSetup,
  renewRecoveryCodes,
} from './two-factor.server.ts'

const start = new Date('2026-11-24T10:00:00Z')
const later = (seconds: number) => new Date(start.getTime() + seconds * 1000)

/** The code that the authenticator app shows at that time. */
const codeAt = (secret: string, at: Date) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at.getTime() })

async function createUserWithTwoFactor() {
  const { id } = await createUser({ role: 'staff' })
  const [here, elsewhere] = [await signIn(id), await signIn(id)]
  await beginTwoFactor({ userId: id, password })
  const { secret } = (await getTwoFactorSetup(id, 'Hill & Co'))!
  const enabled = await enableTwoFactor({
    ...{ userId: id, sessionId: (await findSession(here))!.id, userAgent: '' },
    ...{ code: codeAt(secret, start), now: start },
  })
  if (!enabled.ok) throw new Error(enabled.reason)
  return { id, secret, here, elsewhere, ...enabled }
}

test('two-factor authentication takes effect once a code confirms it; other browsers are signed out', async () => {
  const { id, here, elsewhere, token } = await createUserWithTwoFactor()
  expect(await findSession(here)).toBeNull()
  expect(await findSession(elsewhere)).toBeNull()
  expect((await findSession(token))!.user).toMatchObject({ id, hasTwoFactor: true })
})

test('a wrong password or code enables nothing and ends no session', async () => {
  const { id } = await createUser()
  const token = await signIn(id)
  const sessionId = (await findSession(token))!.id
  const attempt = { userId: id, sessionId, code: '000000', userAgent: '', now: start }
  expect(await enableTwoFactor(attempt)).toEqual({ ok: false, reason: 'not-begun' })
  const wrong = await beginTwoFactor({ userId: id, password: 'not the password' })
  expect(wrong).toEqual({ ok: false, reason: 'wrong-password' })
  expect(await enableTwoFactor(attempt)).toEqual({ ok: false, reason: 'not-begun' })
  await beginTwoFactor({ userId: id, password })
  expect(await enableTwoFactor(attempt)).toEqual({ ok: false, reason: 'wrong-code' })
  expect((await findSession(token))!.user!.hasTwoFactor).toBe(false)
  expect(await db.$count(sessions, eq(sessions.userId, id))).toBe(1)
})

test('a code works once, also for two concurrent requests, and half a minute early or late', async () => {
  const { id, secret } = await createUserWithTwoFactor()
  const check = (code: string, now: Date) => checkTwoFactorCode(db, { userId: id, code, now })
  expect(await check(codeAt(secret, start), start)).toBe(false)
  const at = later(60)
  const both = await Promise.all([check(codeAt(secret, at), at), check(codeAt(secret, at), at)])
  expect(both.sort()).toEqual([false, true])
  expect(await check(codeAt(secret, later(120)), later(150))).toBe(true)
  expect(await check(codeAt(secret, later(210)), later(180))).toBe(true)
  expect(await check(codeAt(secret, later(240)), later(330))).toBe(false)
  expect(await check('000000', later(400))).toBe(false)
})

test('each recovery code works once, typed as shown or without its dashes', async () => {
  const { id, codes } = await createUserWithTwoFactor()
  expect(new Set(codes).size).toBe(10)
  const check = (code: string) => checkTwoFactorCode(db, { userId: id, code, now: start })
  expect(await check(codes[0]!)).toBe(true)
  expect(await check(codes[0]!)).toBe(false)
  expect(await check(codes[1]!.replaceAll('-', '').toUpperCase())).toBe(true)
  const both = await Promise.all([check(codes[2]!), check(codes[2]!)])
  expect(both.sort()).toEqual([false, true])
  expect(await countRecoveryCodes(id)).toBe(7)
  const eve = await createUserWithTwoFactor()
  expect(await checkTwoFactorCode(db, { userId: eve.id, code: codes[3]!, now: start })).toBe(false)
})

test('a recovery code has 112 bits or more, in readable groups', async () => {
  const { codes } = await createUserWithTwoFactor()
  const alphabet = new Set(codes.join('').replaceAll('-', ''))
  expect(alphabet.size).toBeGreaterThan(25)
  expect([...alphabet].join('')).toMatch(/^[0-9A-HJKMNP-TV-Z]+$/)
  for (const code of codes) {
    expect(code).toMatch(/^(\w{4}-){5}\w{4}$/)
    expect(code.replaceAll('-', '').length * Math.log2(32)).toBeGreaterThanOrEqual(112)
  }
})

test('ambiguous characters of a recovery code are accepted: o for 0, i and l for 1', async () => {
  const { id, codes } = await createUserWithTwoFactor()
  const check = (code: string) => checkTwoFactorCode(db, { userId: id, code, now: start })
  for (const code of codes.slice(0, 3))
    expect(await check(code.replaceAll('0', 'O').replaceAll('1', 'l'))).toBe(true)
})

test('an old recovery code of twenty hexadecimal digits still works once', async () => {
  const { id } = await createUserWithTwoFactor()
  const codeHash = createHash('sha256').update('0123456789abcdef0123').digest()
  await db.insert(recoveryCodes).values({ userId: id, codeHash })
  const check = () => checkTwoFactorCode(db, { userId: id, code: '01234-56789-ABCDE-F0123', now: start })
  expect(await check()).toBe(true)
  expect(await check()).toBe(false)
})

test('the table stores only digests of codes', async () => {
  const { id, codes } = await createUserWithTwoFactor()
  const rows = await db.select().from(recoveryCodes).where(eq(recoveryCodes.userId, id))
  expect(rows.map(({ codeHash }) => codeHash.length)).toEqual(Array(10).fill(32))
  expect(JSON.stringify(rows)).not.toContain(codes[0]!.replaceAll('-', ''))
})

test('new codes void the old ones, and disabling asks for the password', async () => {
  const { id, codes, token } = await createUserWithTwoFactor()
  const here = async (token: string) => ({
    ...{ userId: id, sessionId: (await findSession(token))!.id, userAgent: '' },
  })
  const first = await here(token)
  expect(await renewRecoveryCodes({ ...first, password: 'wrong' })).toEqual({
    ok: false,
    reason: 'wrong-password',
  })
  const renewed = await renewRecoveryCodes({ ...first, password })
  if (!renewed.ok) throw new Error(renewed.reason)
  expect(await findSession(token)).toBeNull()
  expect(await checkTwoFactorCode(db, { userId: id, code: codes[0]!, now: start })).toBe(false)
  expect(await checkTwoFactorCode(db, { userId: id, code: renewed.codes[0]!, now: start })).toBe(true)
  const [second, elsewhere] = [await here(renewed.token), await signIn(id)]
  expect(await disableTwoFactor({ ...second, password: 'wrong' })).toMatchObject({ ok: false })
  const disabled = await disableTwoFactor({ ...second, password })
  expect(disabled).toMatchObject({ ok: true })
  expect(await findSession(renewed.token)).toBeNull()
  expect(await findSession(elsewhere)).toBeNull()
  expect(disabled.ok && (await findSession(disabled.token))?.user).toMatchObject({ id, hasTwoFactor: false })
  const [user] = await db.select().from(users).where(eq(users.id, id))
  expect(user).toMatchObject({ totpSecret: null, totpEnabledAt: null })
  expect(await countRecoveryCodes(id)).toBe(0)
  expect(await getTwoFactorSetup(id, 'Hill & Co')).toBeNull()
})
