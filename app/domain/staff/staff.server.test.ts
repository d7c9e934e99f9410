import { and, eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { getEmailLink, deriveLinkToken } from '#app/domain/mail/email-links.server.ts'
import { db } from '#db/client.ts'
import { auditLog, invitations, emails, sessions, users } from '#db/schema/index.ts'
import { createUser, createShop, password, signIn } from '#tests/support/cast.ts'
import {
  acceptWithNewAccount,
  acceptWithExistingAccount,
  findInvitation,
} from './accept-invitation.server.ts'
import { transferOwnership } from './transfer-ownership.server.ts'
import { createInvitation, listInvitations, revokeInvitation } from './invitations.server.ts'
import { findSession } from '#app/domain/accounts/sessions.server.ts'
import { changeStaffAccess, removeFromStaff, disableStaffTwoFactor } from './staff.server.ts'
import { signOutUser, unsuspendUser, suspendUser } from './suspension.server.ts'

let olga: number

beforeEach(async () => {
  olga = (await createShop()).olga
})

const browser = { formerSessionId: null, userAgent: 'test' }

async function read(id: number) {
  const [user] = await db.select().from(users).where(eq(users.id, id))
  return user!
}

/** The token of the link last emailed to the address. */
async function tokenFor(email: string): Promise<string> {
  const sent = await db
    .select({ id: emails.id })
    .from(emails)
    .where(and(eq(emails.toEmail, email), eq(emails.kind, 'invitation')))
    .orderBy(emails.id)
  const link = await getEmailLink(sent.at(-1)!.id)
  return deriveLinkToken(link!)!
}

const isIn = async (token: string) => (await findSession(token)) !== null

test('changed permissions, a suspension, disabled two-factor authentication and a forced sign-out each sign the user out at once', async () => {
  const { id } = await createUser({ role: 'staff', permissions: ['orders'] })
  const about = { userId: id, by: olga }
  const ends = [
    () => changeStaffAccess({ ...about, role: 'staff', permissions: ['orders', 'catalog'] }),
    () => changeStaffAccess({ ...about, role: 'admin', permissions: [] }),
    () => suspendUser({ ...about, among: 'staff' }),
    () => signOutUser({ ...about, among: 'staff' }),
    async () => {
      await db
        .update(users)
        .set({ totpSecret: Buffer.alloc(53), totpEnabledAt: new Date() })
        .where(eq(users.id, id))
      return disableStaffTwoFactor(about)
    },
    () => removeFromStaff(about),
  ]
  for (const end of ends) {
    const token = await signIn(id)
    expect(await isIn(token)).toBe(true)
    expect(await end()).toEqual({ ok: true })
    await unsuspendUser({ ...about, among: 'staff' })
    expect(await isIn(token)).toBe(false)
  }
  expect(await read(id)).toMatchObject({
    role: 'customer',
    permissions: [],
    totpSecret: null,
    totpEnabledAt: null,
  })
})

test('saving the same permissions again does not sign the user out', async () => {
  const { id } = await createUser({ role: 'staff', permissions: ['orders', 'catalog'] })
  const token = await signIn(id)
  await changeStaffAccess({ userId: id, by: olga, role: 'staff', permissions: ['catalog', 'orders'] })
  expect(await isIn(token)).toBe(true)
})

test('commands for staff refuse customers, and commands for customers refuse staff', async () => {
  const clerk = await createUser({ role: 'staff', permissions: [] })
  const customer = await createUser()
  const ended = { ok: false, reason: 'not-found' }
  expect(await suspendUser({ userId: clerk.id, by: olga, among: 'customers' })).toEqual(ended)
  expect(await suspendUser({ userId: customer.id, by: olga, among: 'staff' })).toEqual(ended)
  expect(await changeStaffAccess({ userId: customer.id, by: olga, role: 'admin', permissions: [] })).toEqual(
    ended,
  )
  expect(await disableStaffTwoFactor({ userId: 999_999, by: olga })).toEqual(ended)
})

test('permissions are checked as they are now, not as they were when the page was opened', async () => {
  const lead = await createUser({ role: 'staff', permissions: ['staff', 'orders'] })
  const clerk = await createUser({ role: 'staff', permissions: ['orders'] })
  await changeStaffAccess({ userId: lead.id, by: olga, role: 'staff', permissions: ['orders'] })
  const suspended = await suspendUser({ userId: clerk.id, by: lead.id, among: 'staff' })
  expect(suspended).toEqual({ ok: false, reason: 'not-allowed' })
  expect(
    await createInvitation({ email: 'x@example.com', role: 'staff', permissions: [], by: lead.id }),
  ).toEqual(suspended)
})

test('of two users who suspend each other at once one is refused, and there is no deadlock', async () => {
  for (let round = 0; round < 10; round++) {
    const [ben, cleo] = await Promise.all([
      createUser({ role: 'staff', permissions: ['staff'] }),
      createUser({ role: 'staff', permissions: ['staff'] }),
    ])
    const results = await Promise.all([
      suspendUser({ userId: ben.id, by: cleo.id, among: 'staff' }),
      suspendUser({ userId: cleo.id, by: ben.id, among: 'staff' }),
    ])
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
    expect(results).toContainEqual({ ok: false, reason: 'not-allowed' })
  }
})

test('a user who signs in while being suspended is signed out afterwards, in either order', async () => {
  const { id } = await createUser({ role: 'staff', permissions: ['orders'] })
  for (let round = 0; round < 10; round++) {
    const tokens: string[] = []
    await Promise.all([
      suspendUser({ userId: id, by: olga, among: 'staff' }),
      ...[1, 2, 3].map(() =>
        signIn(id).then(
          (token) => tokens.push(token),
          () => {},
        ),
      ),
    ])
    await unsuspendUser({ userId: id, by: olga, among: 'staff' })
    for (const token of tokens) expect(await isIn(token)).toBe(false)
  }
})

test('transferring ownership takes the password, changes two roles and signs out everything but this browser', async () => {
  const ben = await createUser({ role: 'staff', permissions: ['orders'] })
  const [here, elsewhere, bens] = [await signIn(olga), await signIn(olga), await signIn(ben.id)]
  const session = (await findSession(here))!
  const ask = { userId: ben.id, by: olga, sessionId: session.id, userAgent: 'test' }
  expect(await transferOwnership({ ...ask, password: 'not this' })).toEqual({
    ok: false,
    reason: 'wrong-password',
  })
  const result = await transferOwnership({ ...ask, password })
  if (!result.ok) throw new Error(result.reason)
  expect([await read(olga), await read(ben.id)]).toMatchObject([
    { role: 'admin' },
    { role: 'owner', permissions: [] },
  ])
  for (const token of [here, elsewhere, bens]) expect(await isIn(token)).toBe(false)
  expect(await findSession(result.token)).toMatchObject({ user: { id: olga, role: 'admin' } })
  expect(await transferOwnership({ ...ask, password })).toEqual({ ok: false, reason: 'not-the-owner' })

  // Transfers ownership back for the other tests.
  await db.update(users).set({ role: 'admin' }).where(eq(users.id, ben.id))
  await db.update(users).set({ role: 'owner' }).where(eq(users.id, olga))
})

test('two concurrent transfers of ownership result in one new owner', async () => {
  const newOwners = await Promise.all([createUser({ role: 'admin' }), createUser({ role: 'admin' })])
  const results = await Promise.all(
    newOwners.map(({ id }) =>
      transferOwnership({ userId: id, by: olga, sessionId: null, password, userAgent: 'test' }),
    ),
  )
  expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  const owners = await db.select().from(users).where(eq(users.role, 'owner'))
  expect(owners).toHaveLength(1)
  await db.update(users).set({ role: 'admin' }).where(eq(users.id, owners[0]!.id))
  await db.update(users).set({ role: 'owner' }).where(eq(users.id, olga))
})

test('a user without an account accepts an invitation once, with its permissions', async () => {
  const email = 'nina@example.com'
  expect(await createInvitation({ email, role: 'staff', permissions: ['orders'], by: olga })).toEqual({
    ok: true,
  })
  const token = await tokenFor(email)
  expect(await findInvitation(token)).toMatchObject({ email, accountId: null, by: 'Olga Hill' })
  const accept = () => acceptWithNewAccount({ ...browser, token, name: 'Nina', password })
  const results = await Promise.all([accept(), accept()])
  expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  expect(results).toContainEqual({ ok: false, reason: 'link-invalid' })
  const accepted = results.find((result) => result.ok)!
  const session = await findSession(accepted.token)
  expect(session).toMatchObject({ user: { email, role: 'staff', permissions: ['orders'] } })
  expect((await read(session!.user!.id)).emailVerifiedAt).not.toBe(null)
  expect(await findInvitation(token)).toBe(null)
  const [logged] = await db.select().from(auditLog).where(eq(auditLog.actorId, session!.user!.id))
  expect(logged!.changes).toMatchObject({ role: ['customer', 'staff'] })
})

test('a user with an account accepts with its password; earlier sessions end', async () => {
  const cara = await createUser()
  const former = await signIn(cara.id)
  await createInvitation({ email: cara.email, role: 'admin', permissions: [], by: olga })
  const token = await tokenFor(cara.email)
  const wrong = await acceptWithExistingAccount({ ...browser, token, password: 'not this' })
  expect(wrong).toEqual({ ok: false, reason: 'wrong-password' })
  const result = await acceptWithExistingAccount({ ...browser, token, password })
  if (!result.ok || !('signedIn' in result)) throw new Error('not signed in')
  expect(await findSession(result.signedIn.token)).toMatchObject({ user: { id: cara.id, role: 'admin' } })
  expect(await isIn(former)).toBe(false)
  const again = await acceptWithExistingAccount({ ...browser, token, password })
  expect(again).toEqual({ ok: false, reason: 'link-invalid' })
  expect(await acceptWithNewAccount({ ...browser, token, name: 'Cara', password })).toEqual(again)
})

test('with two-factor authentication the role is granted and the code is still required', async () => {
  const cara = await createUser()
  await db
    .update(users)
    .set({ totpSecret: Buffer.alloc(53), totpEnabledAt: new Date() })
    .where(eq(users.id, cara.id))
  await createInvitation({ email: cara.email, role: 'staff', permissions: [], by: olga })
  const result = await acceptWithExistingAccount({ ...browser, token: await tokenFor(cara.email), password })
  expect(result).toEqual({ ok: true, pendingToken: expect.any(String) })
  expect(await db.$count(sessions, eq(sessions.userId, cara.id))).toBe(0)
  expect(await read(cara.id)).toMatchObject({ role: 'staff' })
})

test('a newer invitation replaces an older one, and a revoked one is invalid', async () => {
  const email = 'rita@example.com'
  await createInvitation({ email, role: 'staff', permissions: ['orders'], by: olga })
  const first = await tokenFor(email)
  await createInvitation({ email, role: 'admin', permissions: [], by: olga })
  const second = await tokenFor(email)
  expect(await findInvitation(first)).toBe(null)
  expect(await findInvitation(second)).toMatchObject({ role: 'admin' })
  const { id } = (await listInvitations()).find((one) => one.email === email)!
  expect(await revokeInvitation({ id, by: olga })).toEqual({ ok: true, email })
  expect(await revokeInvitation({ id, by: olga })).toEqual({ ok: false, reason: 'not-found' })
  expect(await findInvitation(second)).toBe(null)
  const invalid = await acceptWithNewAccount({ ...browser, token: second, name: 'Rita', password })
  expect(invalid).toEqual({ ok: false, reason: 'link-invalid' })
})

test('two concurrent invitations of one address leave one that works', async () => {
  const email = 'zoe@example.com'
  const ask = () => createInvitation({ email, role: 'staff', permissions: [], by: olga })
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([{ ok: true }, { ok: true }, { ok: true }])
  expect(await db.$count(invitations, eq(invitations.email, email))).toBe(1)
  const pending = await listInvitations()
  expect(pending.filter((one) => one.email === email)).toHaveLength(1)
})

test('invitations of a user who loses their permissions are void', async () => {
  const lead = await createUser({ role: 'staff', permissions: ['staff', 'orders'] })
  const email = 'ida@example.com'
  await createInvitation({ email, role: 'staff', permissions: ['orders'], by: lead.id })
  const token = await tokenFor(email)
  await removeFromStaff({ userId: lead.id, by: olga })
  expect(await findInvitation(token)).toBe(null)
})

test('inviting with more permissions than one’s own, staff members, or suspended users is refused', async () => {
  const lead = await createUser({ role: 'staff', permissions: ['staff', 'orders'] })
  const customer = await createUser()
  const ask = (email: string, changes: Partial<Parameters<typeof createInvitation>[0]> = {}) =>
    createInvitation({ email, role: 'staff', permissions: [], by: lead.id, ...changes })
  expect(await ask('a@example.com', { permissions: ['settings'] })).toEqual({
    ok: false,
    reason: 'missing-permission',
  })
  expect(await ask('a@example.com', { role: 'admin' })).toEqual({ ok: false, reason: 'only-the-owner' })
  expect(await ask(lead.email)).toEqual({ ok: false, reason: 'already-staff' })
  await suspendUser({ userId: customer.id, by: olga, among: 'customers' })
  expect(await ask(customer.email)).toEqual({ ok: false, reason: 'suspended' })
  await ask('a@example.com', { role: 'admin', by: olga })
  expect(await ask('a@example.com')).toEqual({ ok: false, reason: 'only-the-owner' })
})
