import { and, eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { getLinkOfMail, tokenOf } from '#app/domain/mail/mail-links.server.ts'
import { db } from '#db/client.ts'
import { auditLog, invitations, mails, sessions, users } from '#db/schema/index.ts'
import { aPerson, olgaOpensHerShop, password, signIn } from '#tests/support/cast.ts'
import { acceptAsNewcomer, acceptWithAccount, findInvitation } from './accept-invitation.server.ts'
import { handOver } from './hand-over.server.ts'
import { invite, listInvitations, withdrawInvitation } from './invitations.server.ts'
import { findSession } from './sessions.server.ts'
import { changeAppointment, removeFromStaff, removeLostTwoFactor } from './staff.server.ts'
import { endSessionsOfPerson, liftSuspension, suspend } from './suspension.server.ts'

let olga: number

beforeEach(async () => {
  olga = (await olgaOpensHerShop()).olga
})

const browser = { formerSessionId: null, userAgent: 'test' }

async function read(id: number) {
  const [user] = await db.select().from(users).where(eq(users.id, id))
  return user!
}

/** The token of the link that was mailed to the address last. */
async function tokenFor(email: string): Promise<string> {
  const sent = await db
    .select({ id: mails.id })
    .from(mails)
    .where(and(eq(mails.toEmail, email), eq(mails.kind, 'invitation')))
    .orderBy(mails.id)
  const link = await getLinkOfMail(sent.at(-1)!.id)
  return tokenOf(link!)!
}

const isIn = async (token: string) => (await findSession(token)) !== null

test('other areas, a suspension, a removed second factor, an end of sessions: each signs the person out at once', async () => {
  const { id } = await aPerson({ role: 'staff', areas: ['orders'] })
  const about = { userId: id, by: olga }
  const ends = [
    () => changeAppointment({ ...about, role: 'staff', areas: ['orders', 'catalogue'] }),
    () => changeAppointment({ ...about, role: 'admin', areas: [] }),
    () => suspend({ ...about, among: 'staff' }),
    () => endSessionsOfPerson({ ...about, among: 'staff' }),
    async () => {
      await db
        .update(users)
        .set({ totpSecret: Buffer.alloc(53), totpEnabledAt: new Date() })
        .where(eq(users.id, id))
      return removeLostTwoFactor(about)
    },
    () => removeFromStaff(about),
  ]
  for (const end of ends) {
    const token = await signIn(id)
    expect(await isIn(token)).toBe(true)
    expect(await end()).toEqual({ ok: true })
    await liftSuspension({ ...about, among: 'staff' })
    expect(await isIn(token)).toBe(false)
  }
  expect(await read(id)).toMatchObject({ role: 'customer', areas: [], totpSecret: null, totpEnabledAt: null })
})

test('saving the same areas again leaves the person where they are', async () => {
  const { id } = await aPerson({ role: 'staff', areas: ['orders', 'catalogue'] })
  const token = await signIn(id)
  await changeAppointment({ userId: id, by: olga, role: 'staff', areas: ['catalogue', 'orders'] })
  expect(await isIn(token)).toBe(true)
})

test('a staff member and a customer are each out of reach of the other one’s commands', async () => {
  const clerk = await aPerson({ role: 'staff', areas: [] })
  const customer = await aPerson()
  const gone = { ok: false, reason: 'gone' }
  expect(await suspend({ userId: clerk.id, by: olga, among: 'customers' })).toEqual(gone)
  expect(await suspend({ userId: customer.id, by: olga, among: 'staff' })).toEqual(gone)
  expect(await changeAppointment({ userId: customer.id, by: olga, role: 'admin', areas: [] })).toEqual(gone)
  expect(await removeLostTwoFactor({ userId: 999_999, by: olga })).toEqual(gone)
})

test('what somebody may do is what they may do now, not when they opened the page', async () => {
  const lead = await aPerson({ role: 'staff', areas: ['staff', 'orders'] })
  const clerk = await aPerson({ role: 'staff', areas: ['orders'] })
  await changeAppointment({ userId: lead.id, by: olga, role: 'staff', areas: ['orders'] })
  const suspended = await suspend({ userId: clerk.id, by: lead.id, among: 'staff' })
  expect(suspended).toEqual({ ok: false, reason: 'not-allowed' })
  expect(await invite({ email: 'x@example.com', role: 'staff', areas: [], by: lead.id })).toEqual(suspended)
})

test('of two who suspend each other at once one is too late, and nobody waits for ever', async () => {
  for (let round = 0; round < 10; round++) {
    const [ben, cleo] = await Promise.all([
      aPerson({ role: 'staff', areas: ['staff'] }),
      aPerson({ role: 'staff', areas: ['staff'] }),
    ])
    const results = await Promise.all([
      suspend({ userId: ben.id, by: cleo.id, among: 'staff' }),
      suspend({ userId: cleo.id, by: ben.id, among: 'staff' }),
    ])
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
    expect(results).toContainEqual({ ok: false, reason: 'not-allowed' })
  }
})

test('whoever signs in while being suspended is out afterwards, whichever came first', async () => {
  const { id } = await aPerson({ role: 'staff', areas: ['orders'] })
  for (let round = 0; round < 10; round++) {
    const tokens: string[] = []
    await Promise.all([
      suspend({ userId: id, by: olga, among: 'staff' }),
      ...[1, 2, 3].map(() =>
        signIn(id).then(
          (token) => tokens.push(token),
          () => {},
        ),
      ),
    ])
    await liftSuspension({ userId: id, by: olga, among: 'staff' })
    for (const token of tokens) expect(await isIn(token)).toBe(false)
  }
})

test('the shop is handed over with the password: two roles change, everybody is signed out but this browser', async () => {
  const ben = await aPerson({ role: 'staff', areas: ['orders'] })
  const [here, elsewhere, bens] = [await signIn(olga), await signIn(olga), await signIn(ben.id)]
  const session = (await findSession(here))!
  const ask = { userId: ben.id, by: olga, sessionId: session.id, userAgent: 'test' }
  expect(await handOver({ ...ask, password: 'not this' })).toEqual({ ok: false, reason: 'wrong-password' })
  const result = await handOver({ ...ask, password })
  if (!result.ok) throw new Error(result.reason)
  expect([await read(olga), await read(ben.id)]).toMatchObject([
    { role: 'admin' },
    { role: 'owner', areas: [] },
  ])
  for (const token of [here, elsewhere, bens]) expect(await isIn(token)).toBe(false)
  expect(await findSession(result.token)).toMatchObject({ user: { id: olga, role: 'admin' } })
  expect(await handOver({ ...ask, password })).toEqual({ ok: false, reason: 'not-the-owner' })

  // And back, so that the other tests find their owner.
  await db.update(users).set({ role: 'admin' }).where(eq(users.id, ben.id))
  await db.update(users).set({ role: 'owner' }).where(eq(users.id, olga))
})

test('handed over to two people at once, the shop has one new owner', async () => {
  const heirs = await Promise.all([aPerson({ role: 'admin' }), aPerson({ role: 'admin' })])
  const results = await Promise.all(
    heirs.map(({ id }) => handOver({ userId: id, by: olga, sessionId: null, password, userAgent: 'test' })),
  )
  expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  const owners = await db.select().from(users).where(eq(users.role, 'owner'))
  expect(owners).toHaveLength(1)
  await db.update(users).set({ role: 'admin' }).where(eq(users.id, owners[0]!.id))
  await db.update(users).set({ role: 'owner' }).where(eq(users.id, olga))
})

test('somebody without an account accepts, once, and has the areas of the invitation', async () => {
  const email = 'nina@example.com'
  expect(await invite({ email, role: 'staff', areas: ['orders'], by: olga })).toEqual({ ok: true })
  const token = await tokenFor(email)
  expect(await findInvitation(token)).toMatchObject({ email, accountId: null, by: 'Olga Hill' })
  const accept = () => acceptAsNewcomer({ ...browser, token, name: 'Nina', password })
  const results = await Promise.all([accept(), accept()])
  expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  expect(results).toContainEqual({ ok: false, reason: 'link-is-dead' })
  const accepted = results.find((result) => result.ok)!
  const session = await findSession(accepted.token)
  expect(session).toMatchObject({ user: { email, role: 'staff', areas: ['orders'] } })
  expect((await read(session!.user!.id)).emailVerifiedAt).not.toBe(null)
  expect(await findInvitation(token)).toBe(null)
  const [logged] = await db.select().from(auditLog).where(eq(auditLog.actorId, session!.user!.id))
  expect(logged!.changes).toMatchObject({ role: ['customer', 'staff'] })
})

test('somebody with an account accepts with its password; sessions from before are over', async () => {
  const cara = await aPerson()
  const former = await signIn(cara.id)
  await invite({ email: cara.email, role: 'admin', areas: [], by: olga })
  const token = await tokenFor(cara.email)
  const wrong = await acceptWithAccount({ ...browser, token, password: 'not this' })
  expect(wrong).toEqual({ ok: false, reason: 'wrong-password' })
  const result = await acceptWithAccount({ ...browser, token, password })
  if (!result.ok || !('signedIn' in result)) throw new Error('not signed in')
  expect(await findSession(result.signedIn.token)).toMatchObject({ user: { id: cara.id, role: 'admin' } })
  expect(await isIn(former)).toBe(false)
  const again = await acceptWithAccount({ ...browser, token, password })
  expect(again).toEqual({ ok: false, reason: 'link-is-dead' })
  expect(await acceptAsNewcomer({ ...browser, token, name: 'Cara', password })).toEqual(again)
})

test('with a second factor the role is given and the second factor still asked for', async () => {
  const cara = await aPerson()
  await db
    .update(users)
    .set({ totpSecret: Buffer.alloc(53), totpEnabledAt: new Date() })
    .where(eq(users.id, cara.id))
  await invite({ email: cara.email, role: 'staff', areas: [], by: olga })
  const result = await acceptWithAccount({ ...browser, token: await tokenFor(cara.email), password })
  expect(result).toEqual({ ok: true, pendingToken: expect.any(String) })
  expect(await db.$count(sessions, eq(sessions.userId, cara.id))).toBe(0)
  expect(await read(cara.id)).toMatchObject({ role: 'staff' })
})

test('an invitation is replaced by a newer one, and dead once withdrawn', async () => {
  const email = 'rita@example.com'
  await invite({ email, role: 'staff', areas: ['orders'], by: olga })
  const first = await tokenFor(email)
  await invite({ email, role: 'admin', areas: [], by: olga })
  const second = await tokenFor(email)
  expect(await findInvitation(first)).toBe(null)
  expect(await findInvitation(second)).toMatchObject({ role: 'admin' })
  const { id } = (await listInvitations()).find((one) => one.email === email)!
  expect(await withdrawInvitation({ id, by: olga })).toEqual({ ok: true, email })
  expect(await withdrawInvitation({ id, by: olga })).toEqual({ ok: false, reason: 'gone' })
  expect(await findInvitation(second)).toBe(null)
  const dead = await acceptAsNewcomer({ ...browser, token: second, name: 'Rita', password })
  expect(dead).toEqual({ ok: false, reason: 'link-is-dead' })
})

test('two invitations of one address at once leave one that works', async () => {
  const email = 'zoe@example.com'
  const ask = () => invite({ email, role: 'staff', areas: [], by: olga })
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([{ ok: true }, { ok: true }, { ok: true }])
  expect(await db.$count(invitations, eq(invitations.email, email))).toBe(1)
  const pending = await listInvitations()
  expect(pending.filter((one) => one.email === email)).toHaveLength(1)
})

test('invitations of somebody who loses their rights are void', async () => {
  const lead = await aPerson({ role: 'staff', areas: ['staff', 'orders'] })
  const email = 'ida@example.com'
  await invite({ email, role: 'staff', areas: ['orders'], by: lead.id })
  const token = await tokenFor(email)
  await removeFromStaff({ userId: lead.id, by: olga })
  expect(await findInvitation(token)).toBe(null)
})

test('nobody invites to more than they have, people on the staff, or somebody who is kept out', async () => {
  const lead = await aPerson({ role: 'staff', areas: ['staff', 'orders'] })
  const customer = await aPerson()
  const ask = (email: string, changes: Partial<Parameters<typeof invite>[0]> = {}) =>
    invite({ email, role: 'staff', areas: [], by: lead.id, ...changes })
  expect(await ask('a@example.com', { areas: ['settings'] })).toEqual({ ok: false, reason: 'beyond-you' })
  expect(await ask('a@example.com', { role: 'admin' })).toEqual({ ok: false, reason: 'only-the-owner' })
  expect(await ask(lead.email)).toEqual({ ok: false, reason: 'on-staff' })
  await suspend({ userId: customer.id, by: olga, among: 'customers' })
  expect(await ask(customer.email)).toEqual({ ok: false, reason: 'suspended' })
  await ask('a@example.com', { role: 'admin', by: olga })
  expect(await ask('a@example.com')).toEqual({ ok: false, reason: 'only-the-owner' })
})
