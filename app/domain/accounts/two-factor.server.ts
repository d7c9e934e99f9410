import { createHash, randomBytes } from 'node:crypto'
import { and, eq, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import { Secret, TOTP } from 'otpauth'
import { encode } from 'uqr'
import { revokeLinks } from '#app/domain/mail/email-links.server.ts'
import { enqueueAccountEmail } from '#app/domain/mail/outbox.server.ts'
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
import { endUserSessions } from './sessions.server.ts'
import { beginUserSession } from './user-session.server.ts'

/** Time-based one-time passwords (RFC 6238): six digits, a new code every 30 seconds. */
const period = 30
const secretLength = 20
const codeCount = 10
/** 120 bits: above the 112 below which a code would need a slow hash (OWASP ASVS 5.0, 6.5.2); 24 letters and digits. */
const codeBytes = 15

/** What the two-factor setup page shows: the secret as text and as a QR code. */
export type TwoFactorSetup = {
  secret: string
  /** otpauth:// URL, for apps on the same device. */
  uri: string
  /** Rows of dark (true) and light modules of the QR code. */
  squares: boolean[][]
}

export type BeginTwoFactorResult = { ok: true } | { ok: false; reason: 'wrong-password' }

/**
 * Begins two-factor setup: stores a new secret that is inactive until a code confirms it. Asks for the password, so
 * that an open session is not enough. Does nothing for a user who has two-factor authentication already.
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

/** The secret that waits for confirmation; null when there is none or two-factor authentication is on. */
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
 * Enables two-factor authentication once a code proves that the app has the secret. Returns the recovery codes, which
 * are shown only once. This browser gets a new session, all others end.
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
    const step = findTimeStep(secret, input.code, input.now)
    if (step === null) return { ok: false, reason: 'wrong-code' }
    await changeCredentials(tx, userId, { totpEnabledAt: sql`now()`, totpLastStep: step })
    const signedIn = await beginUserSession(tx, { userId, formerSessionId: sessionId, userAgent })
    await enqueueAccountEmail(tx, { kind: 'two-factor-changed', to: user.email })
    return { ok: true, token: signedIn!.token, codes: await replaceCodes(tx, userId) }
  })
}

/**
 * Whether the authenticator code or an unused recovery code is valid. Each works once: of two requests with the same
 * code at the same time, one succeeds. The app's clock may be off by 30 seconds.
 */
export async function checkTwoFactorCode(
  on: Pick<Tx, 'select' | 'update'>,
  input: { userId: number; code: string; now: Date },
): Promise<boolean> {
  const { userId } = input
  const code = normalizeCode(input.code)
  if (!/^\d{6}$/.test(code)) return takeRecoveryCode(on, userId, code)
  const [user] = await on
    .select({ secret: users.totpSecret })
    .from(users)
    .where(and(eq(users.id, userId), isNotNull(users.totpEnabledAt)))
  const secret = user?.secret && openSecret(user.secret, userId)
  const step = secret ? findTimeStep(secret, code, input.now) : null
  if (step === null) return false
  const taken = await on
    .update(users)
    .set({ totpLastStep: step })
    .where(and(eq(users.id, userId), lt(users.totpLastStep, step)))
    .returning({ id: users.id })
  return taken.length > 0
}

/**
 * Whether the user's authenticator codes can be checked: not when the secret that encrypted theirs is no longer
 * configured.
 */
export function isTwoFactorReadable({ id, totpSecret }: Pick<User, 'id' | 'totpSecret'>): boolean {
  return totpSecret !== null && openSecret(totpSecret, id) !== null
}

/**
 * Encrypts with the first secret of SESSION_SECRET what is not yet: plaintext secrets, and those encrypted with an
 * older secret of the list. Safe to run concurrently. `unreadable` counts those whose secret is no longer configured.
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
 * Disables the user's own two-factor authentication; asks for the password, and an email reports it. This browser gets
 * a new session, all others end.
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
 * Removes two-factor authentication, as a step of the caller's transaction, which has locked the user's row; ends all
 * sessions and notifies the user by email.
 */
export async function removeTwoFactor(tx: Tx, user: Pick<User, 'id' | 'email'>): Promise<void> {
  await changeCredentials(tx, user.id, { totpSecret: null, totpEnabledAt: null, totpLastStep: 0 })
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, user.id))
  await enqueueAccountEmail(tx, { kind: 'two-factor-changed', to: user.email })
}

export type RenewRecoveryCodesResult =
  { ok: true; token: string; codes: string[] } | { ok: false; reason: 'wrong-password' | 'no-two-factor' }

/**
 * Replaces the recovery codes; the old ones become void. They are credentials: this browser gets a new session, all
 * others end, unused links become void, and an email reports the change.
 */
export async function renewRecoveryCodes(input: ThisBrowser): Promise<RenewRecoveryCodesResult> {
  const { userId, sessionId, userAgent } = input
  const verified = await verifyUserPassword(userId, input.password)
  if (!verified) return { ok: false, reason: 'wrong-password' }
  return transaction(async (tx) => {
    const user = await lockVerifiedUser(tx, verified)
    if (!user) return { ok: false, reason: 'wrong-password' }
    if (!user.totpEnabledAt) return { ok: false, reason: 'no-two-factor' }
    const codes = await replaceCodes(tx, userId)
    await revokeLinks(tx, { userId })
    await endUserSessions(tx, userId)
    const signedIn = await beginUserSession(tx, { userId, formerSessionId: sessionId, userAgent })
    await enqueueAccountEmail(tx, { kind: 'two-factor-changed', to: user.email })
    return { ok: true, token: signedIn!.token, codes }
  })
}

/** The number of unused recovery codes. */
export async function countRecoveryCodes(userId: number): Promise<number> {
  return db.$count(recoveryCodes, and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt)))
}

async function replaceCodes(tx: Tx, userId: number): Promise<string[]> {
  const codes = Array.from({ length: codeCount }, () => toBase32(randomBytes(codeBytes)))
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId))
  await tx
    .insert(recoveryCodes)
    .values(codes.map((code) => ({ userId, codeHash: hashOf(normalizeCode(code)) })))
  return codes.map((code) => code.match(/.{4}/g)!.join('-'))
}

/**
 * Digits and letters without the ambiguous ones (Crockford's base 32). Earlier codes were hexadecimal, a subset of it,
 * so both are read the same way.
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

function toBase32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return bits
    .match(/.{5}/g)!
    .map((five) => alphabet[parseInt(five, 2)])
    .join('')
}

/** A code in the form that was hashed, however it was typed. */
function normalizeCode(typed: string): string {
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

/** The 30-second step that the code belongs to; null when it matches none near `now`. */
function findTimeStep(secret: Buffer, code: string, now: Date): number | null {
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
