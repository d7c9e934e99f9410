import { createHash, randomBytes } from 'node:crypto'
import { and, eq, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import { Secret, TOTP } from 'otpauth'
import { encode } from 'uqr'
import { voidLinks } from '#app/domain/mail/mail-links.server.ts'
import { enqueueAccountMail } from '#app/domain/mail/outbox.server.ts'
import { db, transaction, type Tx } from '#db/client.ts'
import { recoveryCodes, users } from '#db/schema/index.ts'
import {
  changeCredentials,
  lockUser,
  lockVerifiedUser,
  type User,
  verifyUserPassword,
} from './credentials.server.ts'
import { currentSealMark, seal, unseal } from './sealed-secrets.server.ts'
import { beginUserSession, endSessionsOf } from './sessions.server.ts'

/** Time-based codes as every authenticator app makes them (RFC 6238): six digits, a new one every 30 seconds. */
const period = 30
const secretLength = 20
const codeCount = 10
/** 120 bits, past the 112 under which a code would need a slow hash (OWASP ASVS 5.0, 6.5.2); 24 letters and digits. */
const codeBytes = 15

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
  const verified = await verifyUserPassword(userId, input.password)
  if (!verified) return { ok: false, reason: 'wrong-password' }
  return transaction(async (tx) => {
    if (!(await lockVerifiedUser(tx, verified))) return { ok: false, reason: 'wrong-password' }
    await tx
      .update(users)
      .set({ totpSecret: sealSecret(randomBytes(secretLength), userId), totpLastStep: 0 })
      .where(and(eq(users.id, userId), isNull(users.totpEnabledAt)))
    return { ok: true }
  })
}

/** The secret that waits to be confirmed; null when there is none or the second factor is on. */
export async function getTwoFactorSetup(userId: number, shopName: string): Promise<TwoFactorSetup | null> {
  const [user] = await db
    .select({ email: users.email, secret: users.totpSecret })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.totpEnabledAt)))
  const secret = user?.secret && openSecret(user.secret, userId)
  if (!secret) return null
  const totp = totpOf(secret, { issuer: shopName, label: user.email })
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
    const user = await lockUser(tx, userId)
    const secret = user?.totpSecret && !user.totpEnabledAt ? openSecret(user.totpSecret, userId) : null
    if (!user || !secret) return { ok: false, reason: 'not-begun' }
    const step = stepOf(secret, input.code, input.now)
    if (step === null) return { ok: false, reason: 'wrong-code' }
    await changeCredentials(tx, userId, { totpEnabledAt: sql`now()`, totpLastStep: step })
    const signedIn = await beginUserSession(tx, { userId, formerSessionId: sessionId, userAgent })
    await enqueueAccountMail(tx, { kind: 'two-factor-changed', to: user.email })
    return { ok: true, token: signedIn!.token, codes: await replaceCodes(tx, userId) }
  })
}

/**
 * Whether the code of the app, or an unused recovery code, opens the second lock. Each works once: of two who send
 * the same code at the same time one gets in. The app's clock may be 30 seconds off.
 */
export async function checkSecondFactor(
  on: Pick<Tx, 'select' | 'update'>,
  input: { userId: number; code: string; now: Date },
): Promise<boolean> {
  const { userId } = input
  const code = plainCode(input.code)
  if (!/^\d{6}$/.test(code)) return takeRecoveryCode(on, userId, code)
  const [user] = await on
    .select({ secret: users.totpSecret })
    .from(users)
    .where(and(eq(users.id, userId), isNotNull(users.totpEnabledAt)))
  const secret = user?.secret && openSecret(user.secret, userId)
  const step = secret ? stepOf(secret, code, input.now) : null
  if (step === null) return false
  const taken = await on
    .update(users)
    .set({ totpLastStep: step })
    .where(and(eq(users.id, userId), lt(users.totpLastStep, step)))
    .returning({ id: users.id })
  return taken.length > 0
}

/** Whether codes of the user's app can be checked: not when the secret that sealed theirs is no longer set. */
export function isSecondFactorReadable({ id, totpSecret }: Pick<User, 'id' | 'totpSecret'>): boolean {
  return totpSecret !== null && openSecret(totpSecret, id) !== null
}

/**
 * Seals what is not sealed with the first secret of SESSION_SECRET: secrets from before sealing, and those of an
 * older secret in the list. Safe to run beside itself. `unreadable` are those whose secret is not set any more.
 */
export async function sealTwoFactorSecrets(): Promise<{ sealed: number; unreadable: number }> {
  const isPlain = sql`octet_length(${users.totpSecret}) = ${secretLength}`
  const rows = await db
    .select({ id: users.id, stored: users.totpSecret, isPlain: sql<boolean>`${isPlain}` })
    .from(users)
    .where(
      sql`${isPlain} or not starts_with(encode(${users.totpSecret}, 'hex'), ${currentSealMark().toString('hex')})`,
    )
  let [sealed, unreadable] = [0, 0]
  for (const { id, stored, isPlain } of rows) {
    const secret = isPlain ? stored : openSecret(stored!, id)
    if (secret) {
      await db
        .update(users)
        .set({ totpSecret: sealSecret(secret, id) })
        .where(and(eq(users.id, id), eq(users.totpSecret, stored!)))
      sealed += 1
    } else unreadable += 1
  }
  return { sealed, unreadable }
}

type ThisBrowser = { userId: number; sessionId: number; password: string; userAgent: string }

export type DisableTwoFactorResult = { ok: true; token: string } | { ok: false; reason: 'wrong-password' }

/**
 * Switches one's own second factor off; asks for the password, and a mail tells about it. This browser gets a new
 * session, all others end.
 */
export async function disableTwoFactor(input: ThisBrowser): Promise<DisableTwoFactorResult> {
  const { userId, sessionId, userAgent } = input
  const verified = await verifyUserPassword(userId, input.password)
  if (!verified) return { ok: false, reason: 'wrong-password' }
  return transaction(async (tx) => {
    const user = await lockVerifiedUser(tx, verified)
    if (!user) return { ok: false, reason: 'wrong-password' }
    await removeTwoFactor(tx, user)
    const signedIn = await beginUserSession(tx, { userId, formerSessionId: sessionId, userAgent })
    return { ok: true, token: signedIn!.token }
  })
}

/**
 * Takes the second factor away, as a step of the caller's transaction, which has locked the user's row; ends all
 * sessions and tells the user by mail.
 */
export async function removeTwoFactor(tx: Tx, user: Pick<User, 'id' | 'email'>): Promise<void> {
  await changeCredentials(tx, user.id, { totpSecret: null, totpEnabledAt: null, totpLastStep: 0 })
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, user.id))
  await enqueueAccountMail(tx, { kind: 'two-factor-changed', to: user.email })
}

export type RenewRecoveryCodesResult =
  { ok: true; token: string; codes: string[] } | { ok: false; reason: 'wrong-password' | 'no-second-factor' }

/**
 * New recovery codes instead of the old ones, which are void. They are part of the second factor: this browser gets a
 * new session, all others end, links on their way are void, and a mail tells about it.
 */
export async function renewRecoveryCodes(input: ThisBrowser): Promise<RenewRecoveryCodesResult> {
  const { userId, sessionId, userAgent } = input
  const verified = await verifyUserPassword(userId, input.password)
  if (!verified) return { ok: false, reason: 'wrong-password' }
  return transaction(async (tx) => {
    const user = await lockVerifiedUser(tx, verified)
    if (!user) return { ok: false, reason: 'wrong-password' }
    if (!user.totpEnabledAt) return { ok: false, reason: 'no-second-factor' }
    const codes = await replaceCodes(tx, userId)
    await voidLinks(tx, { userId })
    await endSessionsOf(tx, userId)
    const signedIn = await beginUserSession(tx, { userId, formerSessionId: sessionId, userAgent })
    await enqueueAccountMail(tx, { kind: 'two-factor-changed', to: user.email })
    return { ok: true, token: signedIn!.token, codes }
  })
}

/** How many recovery codes are left. */
export async function countRecoveryCodes(userId: number): Promise<number> {
  return db.$count(recoveryCodes, and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt)))
}

async function replaceCodes(tx: Tx, userId: number): Promise<string[]> {
  const codes = Array.from({ length: codeCount }, () => toBase32(randomBytes(codeBytes)))
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId))
  await tx.insert(recoveryCodes).values(codes.map((code) => ({ userId, codeHash: hashOf(plainCode(code)) })))
  return codes.map((code) => code.match(/.{4}/g)!.join('-'))
}

/**
 * Digits and letters without those that are mistaken for others (Crockford's base 32). The codes from before were
 * hexadecimal, which is part of it, so both are read the same way.
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

function toBase32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return bits
    .match(/.{5}/g)!
    .map((five) => alphabet[parseInt(five, 2)])
    .join('')
}

/** A code as its digest was made, however it was typed. */
function plainCode(typed: string): string {
  return typed.replace(/[\s-]/g, '').toLowerCase().replace(/o/g, '0').replace(/[il]/g, '1')
}

async function takeRecoveryCode(on: Pick<Tx, 'update'>, userId: number, code: string): Promise<boolean> {
  const taken = await on
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

const placeOf = (userId: number) => `users/${userId}/totp_secret`
const sealSecret = (secret: Buffer, userId: number) => seal(secret, placeOf(userId))
const openSecret = (sealed: Buffer, userId: number) => unseal(sealed, placeOf(userId))

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
