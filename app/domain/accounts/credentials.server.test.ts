import { eq, sql } from 'drizzle-orm'
import { Secret, TOTP } from 'otpauth'
import { beforeAll, describe, expect, test } from 'vitest'
import { findLink, getEmailLink, deriveLinkToken } from '#app/domain/mail/email-links.server.ts'
import { enqueueAccountEmail } from '#app/domain/mail/outbox.server.ts'
import { sendQueuedEmail } from '#app/domain/emails/send-email.server.ts'
import { db, transaction } from '#db/client.ts'
import { invitations, emailLinks, emails, sessions, users } from '#db/schema/index.ts'
import { createUser, createShop, password, signIn as signInAs } from '#tests/support/cast.ts'
import { whileRowIsLocked } from '#tests/support/locked-row.ts'
import { acceptWithExistingAccount } from '#app/domain/staff/accept-invitation.server.ts'
import { confirmEmail, requestEmailChange } from './change-email.server.ts'
import { changePassword, resetPassword } from './change-password.server.ts'
import { closeAccount } from './close-account.server.ts'
import { transferOwnership } from '#app/domain/staff/transfer-ownership.server.ts'
import { createInvitation } from '#app/domain/staff/invitations.server.ts'
import { hashPassword } from './passwords.server.ts'
import { findSession } from './sessions.server.ts'
import { confirmSignIn, signIn, verifyCredentials } from './sign-in.server.ts'
import { signOutDevice, signOutOtherDevices } from './sign-out-devices.server.ts'
import { disableStaffTwoFactor } from '#app/domain/staff/staff.server.ts'
import {
  beginTwoFactor,
  checkTwoFactorCode,
  disableTwoFactor,
  enableTwoFactor,
  getTwoFactorSetup,
  renewRecoveryCodes,
} from './two-factor.server.ts'
import { createRecoveryLink } from './recover-account.server.ts'

let olga: number
let otherHash: string

beforeAll(async () => {
  olga = (await createShop()).olga
  otherHash = await hashPassword('another password')
})

const browser = { formerSessionId: null, userAgent: '' }
const newPassword = 'quite a new password'
const newEmail = () => `new-${Math.random().toString(36).slice(2)}@example.com`
const appCode = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret) }).generate()

type UserLinkKind = 'password-reset' | 'email-change'

/** An unused link that was sent to the user; `to` is the new address for a change of email. */
async function createLinkFor(kind: UserLinkKind, account: { id: number; email: string }, to = account.email) {
  const emailId = await transaction((tx) =>
    enqueueAccountEmail(tx, { kind, to, link: { kind, userId: account.id } }),
  )
  return { emailId, token: deriveLinkToken((await getEmailLink(emailId))!)! }
}

/** A signed-in user, with two-factor authentication if the change under test is about it. */
async function signedInUser({ hasFactor }: { hasFactor: boolean }) {
  const account = await createUser({ role: 'staff' })
  const session = await findSession(await signInAs(account.id))
  const here = { userId: account.id, sessionId: session!.id, userAgent: '' }
  await beginTwoFactor({ userId: account.id, password })
  const { secret } = (await getTwoFactorSetup(account.id, 'Hill & Co'))!
  if (!hasFactor) return { ...account, here, secret }
  const long = new Date(Date.now() - 3_600_000)
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: long.getTime() })
  const enabled = await enableTwoFactor({ ...here, code, now: long })
  if (!enabled.ok) throw new Error(enabled.reason)
  return { ...account, secret, here: { ...here, sessionId: (await findSession(enabled.token))!.id } }
}

type SignedInUser = Awaited<ReturnType<typeof signedInUser>>

/** Each way in which a password, an email or two-factor authentication changes. */
const changes: [string, { hasFactor: boolean }, (account: SignedInUser) => Promise<unknown>][] = [
  [
    'a password reset',
    { hasFactor: false },
    async (account) => {
      const { token } = await createLinkFor('password-reset', account)
      return resetPassword({ token, password: newPassword })
    },
  ],
  [
    'a change of password',
    { hasFactor: false },
    ({ here }) => changePassword({ ...here, current: password, password: newPassword }),
  ],
  [
    'a change of address',
    { hasFactor: false },
    async (account) => confirmEmail((await createLinkFor('email-change', account, newEmail())).token),
  ],
  [
    'enabling two-factor authentication',
    { hasFactor: false },
    ({ here, secret }) => enableTwoFactor({ ...here, code: appCode(secret), now: new Date() }),
  ],
  [
    'disabling two-factor authentication',
    { hasFactor: true },
    ({ here }) => disableTwoFactor({ ...here, password }),
  ],
  ['new recovery codes', { hasFactor: true }, ({ here }) => renewRecoveryCodes({ ...here, password })],
  [
    'two-factor authentication disabled by staff',
    { hasFactor: true },
    ({ id }) => disableStaffTwoFactor({ userId: id, by: olga }),
  ],
  [
    'two-factor authentication disabled on the server',
    { hasFactor: true },
    async ({ email }) => ({ ok: (await createRecoveryLink(email, { withoutTwoFactor: true })) !== null }),
  ],
]

describe.each(changes)('after %s', (name, { hasFactor }, change) => {
  test.each(['password-reset', 'email-change'] as const)('an earlier %s link is void', async (kind) => {
    const account = await signedInUser({ hasFactor })
    const to = kind === 'email-change' ? newEmail() : account.email
    const { token, emailId } = await createLinkFor(kind, account, to)
    expect(await change(account)).toMatchObject({ ok: true })
    expect(await findLink(kind, token)).toBeNull()
    const invalid = { ok: false, reason: 'link-invalid' }
    if (kind === 'email-change') expect(await confirmEmail(token)).toEqual(invalid)
    else expect(await resetPassword({ token, password: 'of an attacker' })).toEqual(invalid)
    // Sending the email again does not create a new link either.
    await sendQueuedEmail(emailId)
    const links = await db.select().from(emailLinks).where(eq(emailLinks.emailId, emailId))
    expect(links.filter(({ usedAt }) => usedAt === null)).toEqual([])
  })

  test('an earlier recovery link made on the server is void', async () => {
    const account = await signedInUser({ hasFactor })
    const { token } = (await createRecoveryLink(account.email, { withoutTwoFactor: false }))!
    expect(await change(account)).toMatchObject({ ok: true })
    expect(await resetPassword({ token, password: 'of an attacker' })).toMatchObject({ ok: false })
  })

  test('links of other users stay valid', async () => {
    const [account, other] = [await signedInUser({ hasFactor }), await createUser()]
    const { token } = await createLinkFor('password-reset', other)
    await change(account)
    expect(await findLink('password-reset', token)).not.toBeNull()
  })

  if (hasFactor && name !== 'new recovery codes')
    test('a verified password that waits for the two-factor code is void', async () => {
      const account = await signedInUser({ hasFactor })
      const step = await signIn({
        verified: (await verifyCredentials({ email: account.email, password }))!,
        ...browser,
      })
      if (!step || !('pendingToken' in step)) throw new Error('No two-factor code was required')
      await change(account)
      const input = {
        ...browser,
        pendingToken: step.pendingToken,
        code: appCode(account.secret),
        now: new Date(),
      }
      expect(await confirmSignIn(input)).toEqual({ ok: false, reason: 'expired' })
    })

  if (!name.includes('address'))
    test('sessions of other browsers have ended', async () => {
      const account = await signedInUser({ hasFactor })
      const elsewhere = await signInAs(account.id)
      const before = await db.select().from(sessions).where(eq(sessions.userId, account.id))
      await change(account)
      expect(await findSession(elsewhere)).toBeNull()
      const after = await db.select().from(sessions).where(eq(sessions.userId, account.id))
      expect(after.filter(({ id }) => before.some((session) => session.id === id))).toEqual([])
      expect(after.length).toBeLessThanOrEqual(1)
    })
})

test('a new password voids invitations that the user sent, and an unfinished two-factor setup', async () => {
  const clerk = await createUser({ role: 'admin' })
  await createInvitation({ email: newEmail(), role: 'staff', permissions: ['orders'], by: clerk.id })
  await beginTwoFactor({ userId: clerk.id, password })
  const { token } = await createLinkFor('password-reset', clerk)
  expect(await resetPassword({ token, password: newPassword })).toEqual({ ok: true })
  expect(await db.$count(invitations, eq(invitations.invitedById, clerk.id))).toBe(0)
  expect(await getTwoFactorSetup(clerk.id, 'Hill & Co')).toBeNull()
})

test('a link is void for a command that began before the change and waits for the same account', async () => {
  const carl = await createUser()
  const { token } = await createLinkFor('email-change', carl, newEmail())
  const here = await signInOnBrowser(carl.id)
  const [changed, confirmed] = await whileRowIsLocked<{ ok: boolean }>({ table: users, id: carl.id }, [
    () => changePassword({ ...here, current: password, password: newPassword }),
    () => confirmEmail(token),
  ])
  expect([changed!.ok, confirmed!.ok]).toEqual([true, false])
})

/** The user, signed in on a browser. */
async function signInOnBrowser(userId: number) {
  const [row] = await db
    .insert(sessions)
    .values({
      ...{ userId, tokenHash: Buffer.from(crypto.getRandomValues(new Uint8Array(32))), idleSeconds: 600 },
      expiresAt: sql`now() + interval '1 hour'`,
    })
    .returning({ id: sessions.id })
  return { userId, sessionId: row!.id, userAgent: '' }
}

/** Every action that asks for a password; each must fail if the password changes after it was verified. */
const byPassword: [string, (account: { id: number; email: string }) => Promise<() => Promise<unknown>>][] = [
  [
    'signing in',
    async ({ email }) => {
      const verified = (await verifyCredentials({ email, password }))!
      return async () => (await signIn({ verified, ...browser })) ?? { ok: false }
    },
  ],
  [
    'changing the password',
    async ({ id }) => {
      const here = await signInOnBrowser(id)
      return () => changePassword({ ...here, current: password, password: newPassword })
    },
  ],
  [
    'requesting a change of email',
    ({ id }) => Promise.resolve(() => requestEmailChange({ userId: id, email: newEmail(), password })),
  ],
  [
    'disabling two-factor authentication',
    async ({ id }) => {
      const here = await signInOnBrowser(id)
      return () => disableTwoFactor({ ...here, password })
    },
  ],
  [
    'renewing recovery codes',
    async ({ id }) => {
      const here = await signInOnBrowser(id)
      await beginTwoFactor({ userId: id, password })
      await db
        .update(users)
        .set({ totpEnabledAt: sql`now()` })
        .where(eq(users.id, id))
      return () => renewRecoveryCodes({ ...here, password })
    },
  ],
  [
    'setting up two-factor authentication',
    ({ id }) => Promise.resolve(() => beginTwoFactor({ userId: id, password })),
  ],
  [
    'signing out a device',
    async ({ id }) => {
      const elsewhere = await signInOnBrowser(id)
      return () => signOutDevice({ ...elsewhere, password })
    },
  ],
  [
    'signing out all other devices',
    async ({ id }) => {
      const here = await signInOnBrowser(id)
      return () => signOutOtherDevices({ ...here, password })
    },
  ],
  ['closing the account', ({ id }) => Promise.resolve(() => closeAccount({ userId: id, password }))],
  [
    'accepting an invitation',
    async ({ email }) => {
      await createInvitation({ email, role: 'staff', permissions: [], by: olga })
      const [message] = await db.select().from(emails).where(eq(emails.toEmail, email))
      const token = deriveLinkToken((await getEmailLink(message!.id))!)!
      return () => acceptWithExistingAccount({ ...browser, token, password })
    },
  ],
]

test.each(byPassword)('%s is refused when the password changes after it was verified', async (_, prepare) => {
  const carl = await createUser()
  const command = await prepare(carl)
  const [result] = await whileRowIsLocked({ table: users, id: carl.id }, [command], (tx) =>
    tx.update(users).set({ passwordHash: otherHash }).where(eq(users.id, carl.id)),
  )
  expect(result).toMatchObject({ ok: false })
  const [user] = await db.select().from(users).where(eq(users.id, carl.id))
  expect(user).toMatchObject({ passwordHash: otherHash, email: carl.email, role: 'customer' })
  expect(await db.$count(emailLinks, eq(emailLinks.userId, carl.id))).toBe(0)
})

test('transferring ownership is refused when the password changes after it was verified', async () => {
  const newOwner = await createUser({ role: 'admin' })
  const [owner] = await db.select().from(users).where(eq(users.id, olga))
  const hand = () =>
    transferOwnership({ userId: newOwner.id, by: olga, sessionId: null, password, userAgent: '' })
  const [result] = await whileRowIsLocked({ table: users, id: olga }, [hand], (tx) =>
    tx.update(users).set({ passwordHash: otherHash }).where(eq(users.id, olga)),
  )
  expect(result).toEqual({ ok: false, reason: 'wrong-password' })
  await db.update(users).set({ passwordHash: owner!.passwordHash }).where(eq(users.id, olga))
})

test('two-factor authentication enabled after the password was verified is required', async () => {
  const account = await signedInUser({ hasFactor: false })
  const verified = (await verifyCredentials({ email: account.email, password }))!
  const enabled = await enableTwoFactor({ ...account.here, code: appCode(account.secret), now: new Date() })
  if (!enabled.ok) throw new Error(enabled.reason)
  const step = await signIn({ verified, ...browser })
  expect(step).toEqual({ role: 'staff', pendingToken: expect.any(String) })
  expect(await db.$count(sessions, eq(sessions.userId, account.id))).toBe(1)
})

test('of two concurrent confirmations of one sign-in one gets a session, and wrong codes do not use it up', async () => {
  const account = await signedInUser({ hasFactor: true })
  const verified = (await verifyCredentials({ email: account.email, password }))!
  const step = await signIn({ verified, ...browser })
  if (!step || !('pendingToken' in step)) throw new Error('No two-factor code was required')
  const { codes } = await renewedCodes(account)
  const confirm = (code: string) =>
    confirmSignIn({ ...browser, pendingToken: step.pendingToken, code, now: new Date() })
  expect(await confirm('000000')).toEqual({ ok: false, reason: 'wrong-code' })
  const results = await Promise.all([confirm(codes[0]!), confirm(codes[1]!)])
  expect(results.map(({ ok }) => ok).sort()).toEqual([false, true])
  expect(results).toContainEqual({ ok: false, reason: 'expired' })
  // The code of the late attempt was not used up.
  const left = await Promise.all(
    [codes[0]!, codes[1]!].map((code) =>
      checkTwoFactorCode(db, { userId: account.id, code, now: new Date() }),
    ),
  )
  expect(left.sort()).toEqual([false, true])
})

async function renewedCodes({ here }: SignedInUser) {
  const renewed = await renewRecoveryCodes({ ...here, password })
  if (!renewed.ok) throw new Error(renewed.reason)
  return renewed
}

test('a verified password waits ten minutes for its two-factor code', async () => {
  const account = await signedInUser({ hasFactor: true })
  const step = await signIn({
    verified: (await verifyCredentials({ email: account.email, password }))!,
    ...browser,
  })
  if (!step || !('pendingToken' in step)) throw new Error('No two-factor code was required')
  const confirm = () =>
    confirmSignIn({
      ...browser,
      pendingToken: step.pendingToken,
      code: appCode(account.secret),
      now: new Date(),
    })
  const age = (time: string) =>
    db.execute(
      sql`update pending_sign_ins set expires_at = expires_at - ${time}::interval where user_id = ${account.id}`,
    )
  await age('9 minutes 50 seconds')
  expect(await confirm()).toMatchObject({ ok: true })
  const [left] = await db.execute(
    sql`select count(*)::int as n from pending_sign_ins where user_id = ${account.id}`,
  )
  expect(left).toEqual({ n: 0 })
})
