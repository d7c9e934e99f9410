import { eq, sql } from 'drizzle-orm'
import { Secret, TOTP } from 'otpauth'
import { beforeAll, describe, expect, test } from 'vitest'
import { findLink, getLinkOfMail, tokenOf } from '#app/domain/mail/mail-links.server.ts'
import { enqueueAccountMail } from '#app/domain/mail/outbox.server.ts'
import { sendQueuedMail } from '#app/domain/mail/send-mail.server.ts'
import { db, transaction } from '#db/client.ts'
import { invitations, mailLinks, mails, sessions, users } from '#db/schema/index.ts'
import { aPerson, olgaOpensHerShop, password, signIn as signInAs } from '#tests/support/cast.ts'
import { whileRowIsLocked } from '#tests/support/locked-row.ts'
import { acceptWithAccount } from './accept-invitation.server.ts'
import { confirmEmail, requestEmailChange } from './change-email.server.ts'
import { changePassword, resetPassword } from './change-password.server.ts'
import { closeAccount } from './close-account.server.ts'
import { handOver } from './hand-over.server.ts'
import { invite } from './invitations.server.ts'
import { hashPassword } from './passwords.server.ts'
import { findSession } from './sessions.server.ts'
import { confirmSignIn, signIn, verifyCredentials } from './sign-in.server.ts'
import { signOutDevice, signOutOtherDevices } from './sign-out-devices.server.ts'
import { removeLostTwoFactor } from './staff.server.ts'
import {
  beginTwoFactor,
  checkSecondFactor,
  disableTwoFactor,
  enableTwoFactor,
  getTwoFactorSetup,
  renewRecoveryCodes,
} from './two-factor.server.ts'
import { makeWayIn } from './way-in.server.ts'

let olga: number
let otherHash: string

beforeAll(async () => {
  olga = (await olgaOpensHerShop()).olga
  otherHash = await hashPassword('another password')
})

const browser = { formerSessionId: null, userAgent: '' }
const newPassword = 'quite a new password'
const aNewAddress = () => `new-${Math.random().toString(36).slice(2)}@example.com`
const appCode = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret) }).generate()

type LinkToPerson = 'password-reset' | 'email-change'

/** A link that was sent to the person and not used; `to` is another address for a change of address. */
async function aLinkFor(kind: LinkToPerson, person: { id: number; email: string }, to = person.email) {
  const mailId = await transaction((tx) =>
    enqueueAccountMail(tx, { kind, to, link: { kind, userId: person.id } }),
  )
  return { mailId, token: tokenOf((await getLinkOfMail(mailId))!)! }
}

/** Somebody signed in, who has a second factor if the change that follows is about one. */
async function arrive({ hasFactor }: { hasFactor: boolean }) {
  const person = await aPerson({ role: 'staff' })
  const session = await findSession(await signInAs(person.id))
  const here = { userId: person.id, sessionId: session!.id, userAgent: '' }
  await beginTwoFactor({ userId: person.id, password })
  const { secret } = (await getTwoFactorSetup(person.id, 'Hill & Co'))!
  if (!hasFactor) return { ...person, here, secret }
  const long = new Date(Date.now() - 3_600_000)
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: long.getTime() })
  const enabled = await enableTwoFactor({ ...here, code, now: long })
  if (!enabled.ok) throw new Error(enabled.reason)
  return { ...person, secret, here: { ...here, sessionId: (await findSession(enabled.token))!.id } }
}

type Arrived = Awaited<ReturnType<typeof arrive>>

/** Each way in which a password, an address or a second factor changes. */
const changes: [string, { hasFactor: boolean }, (person: Arrived) => Promise<unknown>][] = [
  [
    'a password reset',
    { hasFactor: false },
    async (person) => {
      const { token } = await aLinkFor('password-reset', person)
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
    async (person) => confirmEmail((await aLinkFor('email-change', person, aNewAddress())).token),
  ],
  [
    'a second factor that is switched on',
    { hasFactor: false },
    ({ here, secret }) => enableTwoFactor({ ...here, code: appCode(secret), now: new Date() }),
  ],
  [
    'a second factor that is switched off',
    { hasFactor: true },
    ({ here }) => disableTwoFactor({ ...here, password }),
  ],
  ['new recovery codes', { hasFactor: true }, ({ here }) => renewRecoveryCodes({ ...here, password })],
  [
    'a second factor that staff take away',
    { hasFactor: true },
    ({ id }) => removeLostTwoFactor({ userId: id, by: olga }),
  ],
  [
    'a second factor that is taken away on the server',
    { hasFactor: true },
    async ({ email }) => ({ ok: (await makeWayIn(email, { withoutSecondFactor: true })) !== null }),
  ],
]

describe.each(changes)('after %s', (name, { hasFactor }, change) => {
  test.each(['password-reset', 'email-change'] as const)('a %s link from before is void', async (kind) => {
    const person = await arrive({ hasFactor })
    const to = kind === 'email-change' ? aNewAddress() : person.email
    const { token, mailId } = await aLinkFor(kind, person, to)
    expect(await change(person)).toMatchObject({ ok: true })
    expect(await findLink(kind, token)).toBeNull()
    const dead = { ok: false, reason: 'link-is-dead' }
    if (kind === 'email-change') expect(await confirmEmail(token)).toEqual(dead)
    else expect(await resetPassword({ token, password: 'of an attacker' })).toEqual(dead)
    // Nor does the mail get a new one when it is sent again.
    await sendQueuedMail(mailId)
    const links = await db.select().from(mailLinks).where(eq(mailLinks.mailId, mailId))
    expect(links.filter(({ usedAt }) => usedAt === null)).toEqual([])
  })

  test('a link that was made on the server from before is void', async () => {
    const person = await arrive({ hasFactor })
    const { token } = (await makeWayIn(person.email, { withoutSecondFactor: false }))!
    expect(await change(person)).toMatchObject({ ok: true })
    expect(await resetPassword({ token, password: 'of an attacker' })).toMatchObject({ ok: false })
  })

  test('links of other people stay good', async () => {
    const [person, other] = [await arrive({ hasFactor }), await aPerson()]
    const { token } = await aLinkFor('password-reset', other)
    await change(person)
    expect(await findLink('password-reset', token)).not.toBeNull()
  })

  if (hasFactor && name !== 'new recovery codes')
    test('a verified password that waits for the second factor leads nowhere', async () => {
      const person = await arrive({ hasFactor })
      const step = await signIn({
        verified: (await verifyCredentials({ email: person.email, password }))!,
        ...browser,
      })
      if (!step || !('pendingToken' in step)) throw new Error('No second factor was asked for')
      await change(person)
      const input = {
        ...browser,
        pendingToken: step.pendingToken,
        code: appCode(person.secret),
        now: new Date(),
      }
      expect(await confirmSignIn(input)).toEqual({ ok: false, reason: 'expired' })
    })

  if (!name.includes('address'))
    test('sessions of other browsers have ended', async () => {
      const person = await arrive({ hasFactor })
      const elsewhere = await signInAs(person.id)
      const before = await db.select().from(sessions).where(eq(sessions.userId, person.id))
      await change(person)
      expect(await findSession(elsewhere)).toBeNull()
      const after = await db.select().from(sessions).where(eq(sessions.userId, person.id))
      expect(after.filter(({ id }) => before.some((session) => session.id === id))).toEqual([])
      expect(after.length).toBeLessThanOrEqual(1)
    })
})

test('a new password voids invitations that the person sent, and a second factor that is half set up', async () => {
  const clerk = await aPerson({ role: 'admin' })
  await invite({ email: aNewAddress(), role: 'staff', areas: ['orders'], by: clerk.id })
  await beginTwoFactor({ userId: clerk.id, password })
  const { token } = await aLinkFor('password-reset', clerk)
  expect(await resetPassword({ token, password: newPassword })).toEqual({ ok: true })
  expect(await db.$count(invitations, eq(invitations.invitedById, clerk.id))).toBe(0)
  expect(await getTwoFactorSetup(clerk.id, 'Hill & Co')).toBeNull()
})

test('a link is void for a command that began before the change and waits for the same account', async () => {
  const carl = await aPerson()
  const { token } = await aLinkFor('email-change', carl, aNewAddress())
  const here = await onBrowser(carl.id)
  const [changed, confirmed] = await whileRowIsLocked<{ ok: boolean }>(carl.id, [
    () => changePassword({ ...here, current: password, password: newPassword }),
    () => confirmEmail(token),
  ])
  expect([changed!.ok, confirmed!.ok]).toEqual([true, false])
})

/** The person, signed in on a browser. */
async function onBrowser(userId: number) {
  const [row] = await db
    .insert(sessions)
    .values({
      ...{ userId, tokenHash: Buffer.from(crypto.getRandomValues(new Uint8Array(32))), idleSeconds: 600 },
      expiresAt: sql`now() + interval '1 hour'`,
    })
    .returning({ id: sessions.id })
  return { userId, sessionId: row!.id, userAgent: '' }
}

/** Everything that a password is asked for; none of it may happen by one that was changed after it was verified. */
const byPassword: [string, (person: { id: number; email: string }) => Promise<() => Promise<unknown>>][] = [
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
      const here = await onBrowser(id)
      return () => changePassword({ ...here, current: password, password: newPassword })
    },
  ],
  [
    'asking for a change of address',
    ({ id }) => Promise.resolve(() => requestEmailChange({ userId: id, email: aNewAddress(), password })),
  ],
  [
    'switching the second factor off',
    async ({ id }) => {
      const here = await onBrowser(id)
      return () => disableTwoFactor({ ...here, password })
    },
  ],
  [
    'asking for new recovery codes',
    async ({ id }) => {
      const here = await onBrowser(id)
      await beginTwoFactor({ userId: id, password })
      await db
        .update(users)
        .set({ totpEnabledAt: sql`now()` })
        .where(eq(users.id, id))
      return () => renewRecoveryCodes({ ...here, password })
    },
  ],
  ['setting up a second factor', ({ id }) => Promise.resolve(() => beginTwoFactor({ userId: id, password }))],
  [
    'signing out a device',
    async ({ id }) => {
      const elsewhere = await onBrowser(id)
      return () => signOutDevice({ ...elsewhere, password })
    },
  ],
  [
    'signing out all other devices',
    async ({ id }) => {
      const here = await onBrowser(id)
      return () => signOutOtherDevices({ ...here, password })
    },
  ],
  ['closing the account', ({ id }) => Promise.resolve(() => closeAccount({ userId: id, password }))],
  [
    'accepting an invitation',
    async ({ email }) => {
      await invite({ email, role: 'staff', areas: [], by: olga })
      const [mail] = await db.select().from(mails).where(eq(mails.toEmail, email))
      const token = tokenOf((await getLinkOfMail(mail!.id))!)!
      return () => acceptWithAccount({ ...browser, token, password })
    },
  ],
]

test.each(byPassword)('%s is refused when the password changes after it was verified', async (_, prepare) => {
  const carl = await aPerson()
  const command = await prepare(carl)
  const [result] = await whileRowIsLocked(carl.id, [command], (tx) =>
    tx.update(users).set({ passwordHash: otherHash }).where(eq(users.id, carl.id)),
  )
  expect(result).toMatchObject({ ok: false })
  const [user] = await db.select().from(users).where(eq(users.id, carl.id))
  expect(user).toMatchObject({ passwordHash: otherHash, email: carl.email, role: 'customer' })
  expect(await db.$count(mailLinks, eq(mailLinks.userId, carl.id))).toBe(0)
})

test('handing the shop over is refused when the password changes after it was verified', async () => {
  const heir = await aPerson({ role: 'admin' })
  const [owner] = await db.select().from(users).where(eq(users.id, olga))
  const hand = () => handOver({ userId: heir.id, by: olga, sessionId: null, password, userAgent: '' })
  const [result] = await whileRowIsLocked(olga, [hand], (tx) =>
    tx.update(users).set({ passwordHash: otherHash }).where(eq(users.id, olga)),
  )
  expect(result).toEqual({ ok: false, reason: 'wrong-password' })
  await db.update(users).set({ passwordHash: owner!.passwordHash }).where(eq(users.id, olga))
})

test('a second factor that is switched on after the password was verified is asked for', async () => {
  const person = await arrive({ hasFactor: false })
  const verified = (await verifyCredentials({ email: person.email, password }))!
  const enabled = await enableTwoFactor({ ...person.here, code: appCode(person.secret), now: new Date() })
  if (!enabled.ok) throw new Error(enabled.reason)
  const step = await signIn({ verified, ...browser })
  expect(step).toEqual({ role: 'staff', pendingToken: expect.any(String) })
  expect(await db.$count(sessions, eq(sessions.userId, person.id))).toBe(1)
})

test('of two who finish one sign-in at once one gets a session, and wrong codes do not use it up', async () => {
  const person = await arrive({ hasFactor: true })
  const verified = (await verifyCredentials({ email: person.email, password }))!
  const step = await signIn({ verified, ...browser })
  if (!step || !('pendingToken' in step)) throw new Error('No second factor was asked for')
  const { codes } = await renewedCodes(person)
  const confirm = (code: string) =>
    confirmSignIn({ ...browser, pendingToken: step.pendingToken, code, now: new Date() })
  expect(await confirm('000000')).toEqual({ ok: false, reason: 'wrong-code' })
  const results = await Promise.all([confirm(codes[0]!), confirm(codes[1]!)])
  expect(results.map(({ ok }) => ok).sort()).toEqual([false, true])
  expect(results).toContainEqual({ ok: false, reason: 'expired' })
  // The code of the one who was late was not used up.
  const left = await Promise.all(
    [codes[0]!, codes[1]!].map((code) => checkSecondFactor(db, { userId: person.id, code, now: new Date() })),
  )
  expect(left.sort()).toEqual([false, true])
})

async function renewedCodes({ here }: Arrived) {
  const renewed = await renewRecoveryCodes({ ...here, password })
  if (!renewed.ok) throw new Error(renewed.reason)
  return renewed
}

test('a verified password waits ten minutes for its second factor', async () => {
  const person = await arrive({ hasFactor: true })
  const step = await signIn({
    verified: (await verifyCredentials({ email: person.email, password }))!,
    ...browser,
  })
  if (!step || !('pendingToken' in step)) throw new Error('No second factor was asked for')
  const confirm = () =>
    confirmSignIn({
      ...browser,
      pendingToken: step.pendingToken,
      code: appCode(person.secret),
      now: new Date(),
    })
  const age = (time: string) =>
    db.execute(
      sql`update pending_sign_ins set expires_at = expires_at - ${time}::interval where user_id = ${person.id}`,
    )
  await age('9 minutes 50 seconds')
  expect(await confirm()).toMatchObject({ ok: true })
  const [left] = await db.execute(
    sql`select count(*)::int as n from pending_sign_ins where user_id = ${person.id}`,
  )
  expect(left).toEqual({ n: 0 })
})
