import { createHash, randomBytes } from 'node:crypto'
import { and, eq, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import { Secret, TOTP } from 'otpauth'
import { encode } from 'uqr'
import { enqueueAccountMail } from '#app/domain/mail/outbox.server.ts'
import { db, transaction, type Tx } from '#db/client.ts'
import { recoveryCodes, users } from '#db/schema/index.ts'
import { knowsPassword } from './change-password.server.ts'
import { beginUserSession, endSessionsOf } from './sessions.server.ts'

/** Time-based codes as every authenticator app makes them (RFC 6238): six digits, a new one every 30 seconds. */
const period = 30
const codeCount = 10

/** What the page that sets up a second factor shows: the secret as text and as a picture to scan. */
export type TwoFactorSetup = {
  secret: string
  /** otpauth:// address, for apps on the same device. */
  uri: string
  /** Rows of dark and light squares. */
  squares: boolean[][]
}

export type BeginTwoFactorResult = { ok: true } | { ok: false; reason: 'wrong-password' }

/**
 * Begins to set up a second factor: a new secret that counts for nothing until a code of it is shown. Asks for the
 * password, so that a session left open cannot be turned into a way in. Does nothing for somebody who has one already.
 */
export async function beginTwoFactor(input: {
  userId: number
  password: string
}): Promise<BeginTwoFactorResult> {
  const { userId } = input
  if (!(await knowsPassword(userId, input.password))) return { ok: false, reason: 'wrong-password' }
  await db
    .update(users)
    .set({ totpSecret: randomBytes(20), totpLastStep: 0 })
    .where(and(eq(users.id, userId), isNull(users.totpEnabledAt)))
  return { ok: true }
}

/** The secret that waits to be confirmed; null when there is none or the second factor is on. */
export async function getTwoFactorSetup(userId: number, shopName: string): Promise<TwoFactorSetup | null> {
  const [user] = await db
    .select({ email: users.email, secret: users.totpSecret })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.totpEnabledAt)))
  if (!user?.secret) return null
  const totp = totpOf(user.secret, { issuer: shopName, label: user.email })
  const uri = totp.toString()
  return { secret: totp.secret.base32, uri, squares: encode(uri, { border: 2 }).data }
}

export type EnableTwoFactorResult =
  { ok: true; token: string; codes: string[] } | { ok: false; reason: 'wrong-code' | 'not-begun' }

/**
 * Switches the second factor on once a code shows that the app has the secret. Answers with the recovery codes,
 * which are shown this once. This browser gets a new session, all others end.
 */
export async function enableTwoFactor(input: {
  userId: number
  sessionId: number
  code: string
  userAgent: string
  now: Date
}): Promise<EnableTwoFactorResult> {
  const { userId, sessionId, userAgent } = input
  return transaction(async (tx) => {
    const [user] = await tx
      .select({ secret: users.totpSecret, email: users.email })
      .from(users)
      .where(and(eq(users.id, userId), isNull(users.totpEnabledAt), isNull(users.disabledAt)))
      .for('no key update')
    if (!user?.secret) return { ok: false, reason: 'not-begun' }
    const step = stepOf(user.secret, input.code, input.now)
    if (step === null) return { ok: false, reason: 'wrong-code' }
    await tx
      .update(users)
      .set({ totpEnabledAt: sql`now()`, totpLastStep: step })
      .where(eq(users.id, userId))
    const signedIn = await beginUserSession(tx, { userId, formerSessionId: sessionId, userAgent })
    await endSessionsOf(tx, userId, { except: signedIn!.sessionId })
    await enqueueAccountMail(tx, { kind: 'two-factor-changed', to: user.email })
    return { ok: true, token: signedIn!.token, codes: await replaceCodes(tx, userId) }
  })
}

/**
 * Whether the code of the app, or an unused recovery code, opens the second lock. Each works once: of two who send
 * the same code at the same time one gets in. The app's clock may be 30 seconds off.
 */
export async function checkSecondFactor(input: {
  userId: number
  code: string
  now: Date
}): Promise<boolean> {
  const { userId } = input
  const code = input.code.replace(/[\s-]/g, '').toLowerCase()
  if (!/^\d{6}$/.test(code)) return takeRecoveryCode(userId, code)
  const [user] = await db
    .select({ secret: users.totpSecret })
    .from(users)
    .where(and(eq(users.id, userId), isNotNull(users.totpEnabledAt)))
  const step = user?.secret ? stepOf(user.secret, code, input.now) : null
  if (step === null) return false
  const taken = await db
    .update(users)
    .set({ totpLastStep: step })
    .where(and(eq(users.id, userId), lt(users.totpLastStep, step)))
    .returning({ id: users.id })
  return taken.length > 0
}

export type DisableTwoFactorResult = { ok: true } | { ok: false; reason: 'wrong-password' }

/** Switches one's own second factor off; asks for the password, and a mail tells about it. */
export async function disableTwoFactor(input: {
  userId: number
  password: string
}): Promise<DisableTwoFactorResult> {
  if (!(await knowsPassword(input.userId, input.password))) return { ok: false, reason: 'wrong-password' }
  await transaction((tx) => removeTwoFactor(tx, input.userId))
  return { ok: true }
}

/** Takes the second factor away, as a step of the caller's transaction, and tells the user by mail. */
export async function removeTwoFactor(tx: Tx, userId: number): Promise<void> {
  const [user] = await tx
    .update(users)
    .set({ totpSecret: null, totpEnabledAt: null, totpLastStep: 0 })
    .where(eq(users.id, userId))
    .returning({ email: users.email })
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId))
  if (user) await enqueueAccountMail(tx, { kind: 'two-factor-changed', to: user.email })
}

/** New recovery codes instead of the old ones, which are void; null without a second factor or the password. */
export async function renewRecoveryCodes(input: {
  userId: number
  password: string
}): Promise<string[] | null> {
  const { userId } = input
  if (!(await knowsPassword(userId, input.password))) return null
  return transaction(async (tx) => {
    const [user] = await tx
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.id, userId), isNotNull(users.totpEnabledAt)))
      .for('no key update')
    return user ? replaceCodes(tx, userId) : null
  })
}

/** How many recovery codes are left. */
export async function countRecoveryCodes(userId: number): Promise<number> {
  return db.$count(recoveryCodes, and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt)))
}

async function replaceCodes(tx: Tx, userId: number): Promise<string[]> {
  const codes = Array.from({ length: codeCount }, () => randomBytes(10).toString('hex'))
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId))
  await tx.insert(recoveryCodes).values(codes.map((code) => ({ userId, codeHash: hashOf(code) })))
  return codes.map((code) => code.match(/.{5}/g)!.join('-'))
}

async function takeRecoveryCode(userId: number, code: string): Promise<boolean> {
  const taken = await db
    .update(recoveryCodes)
    .set({ usedAt: sql`now()` })
    .where(
      and(
        eq(recoveryCodes.userId, userId),
        eq(recoveryCodes.codeHash, hashOf(code)),
        isNull(recoveryCodes.usedAt),
      ),
    )
    .returning({ id: recoveryCodes.id })
  return taken.length > 0
}

/** The 30-second step that the code belongs to; null when it is of none near now. */
function stepOf(secret: Buffer, code: string, now: Date): number | null {
  const timestamp = now.getTime()
  const delta = totpOf(secret).validate({ token: code.replace(/\s/g, ''), timestamp, window: 1 })
  return delta === null ? null : Math.floor(timestamp / 1000 / period) + delta
}

function totpOf(secret: Buffer, names: { issuer?: string; label?: string } = {}): TOTP {
  const { buffer, byteOffset, byteLength } = secret
  const bytes = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer
  return new TOTP({ ...names, secret: new Secret({ buffer: bytes }), digits: 6, period })
}

function hashOf(code: string): Buffer {
  return createHash('sha256').update(code).digest()
}
