import { desc, eq, sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { getLinkOfMail, tokenOf } from '#app/domain/mail/mail-links.server.ts'
import { sendQueuedMail } from '#app/domain/mail/send-mail.server.ts'
import { db } from '#db/client.ts'
import { mails, orders, sessions, users } from '#db/schema/index.ts'
import {
  aGuest,
  aPerson,
  aProduct,
  filledForm,
  now,
  olgaOpensHerShop,
  password,
  signIn,
} from '#tests/support/cast.ts'
import { confirmEmail, requestEmailChange } from './change-email.server.ts'
import { changePassword, resetPassword } from './change-password.server.ts'
import { closeAccount } from './close-account.server.ts'
import { findSession } from './sessions.server.ts'
import { verifyCredentials } from './sign-in.server.ts'
import { requestMail, signUp } from './sign-up.server.ts'

beforeEach(async () => {
  await olgaOpensHerShop()
})

/** The newest mail to the address, written; null when the shop had nothing to say to it. */
async function mailTo(email: string) {
  const [queued] = await db
    .select()
    .from(mails)
    .where(eq(mails.toEmail, email))
    .orderBy(desc(mails.id))
    .limit(1)
  await sendQueuedMail(queued!.id)
  const [mail] = await db.select().from(mails).where(eq(mails.id, queued!.id))
  if (!mail) return null
  const link = await getLinkOfMail(mail.id)
  return { ...mail, token: link && tokenOf(link) }
}

const browser = { formerSessionId: null, userAgent: '' }
const newcomer = () => `new-${Math.random().toString(36).slice(2)}@example.com`

async function orderAsGuest(email: string) {
  const { settings } = await olgaOpensHerShop()
  const guest = await aGuest(await aProduct())
  const placed = await placeOrder({
    shopper: guest,
    form: await filledForm(guest, settings, { email }),
    settings,
    now,
  })
  if (!placed.ok) throw new Error(placed.reason)
  return placed.orderId
}

const ownerOf = async (orderId: number) =>
  (await db.select({ userId: orders.userId }).from(orders).where(eq(orders.id, orderId)))[0]!.userId

test('an account begins with the link to its address, takes guest orders along, and is signed in', async () => {
  const email = newcomer()
  const [theirs, other] = [await orderAsGuest(email), await orderAsGuest(newcomer())]
  await requestMail('sign-up', email)
  const { token } = (await mailTo(email))!
  const made = await signUp({ token: token!, name: 'Nina', password: 'quite a new password', ...browser })
  expect(made).toMatchObject({ ok: true })
  const session = made.ok ? await findSession(made.token) : null
  expect(session?.user).toMatchObject({ email, role: 'customer', areas: [] })
  expect(await ownerOf(theirs)).toBe(session!.user!.id)
  expect(await ownerOf(other)).toBeNull()
  expect(await signUp({ token: token!, name: 'Eve', password: 'another password', ...browser })).toEqual({
    ok: false,
    reason: 'link-is-dead',
  })
})

test('of two links to one address the first makes the account, the second finds it made', async () => {
  const email = newcomer()
  await requestMail('sign-up', email)
  const first = (await mailTo(email))!.token!
  await requestMail('sign-up', email)
  const second = (await mailTo(email))!.token!
  const made = await Promise.all(
    [first, second].map((token) =>
      signUp({ token, name: 'N', password: 'quite a new password', ...browser }),
    ),
  )
  expect(made.filter(({ ok }) => ok)).toHaveLength(1)
  expect(made).toContainEqual({ ok: false, reason: 'already-registered' })
  expect(await db.$count(users, eq(users.email, email))).toBe(1)
})

test('whoever has an account is told so by mail, and gets no link that could make another', async () => {
  const { email } = await aPerson()
  await requestMail('sign-up', email)
  const mail = await mailTo(email)
  expect(mail!.text).toContain('/login')
  expect(mail!.token).toBeNull()
})

test('a guest order with the address of an account joins at the next sign-in, if the address is proved', async () => {
  const [proved, unproved] = [await aPerson(), await aPerson({ emailVerifiedAt: null })]
  const [ofProved, ofUnproved] = [await orderAsGuest(proved.email), await orderAsGuest(unproved.email)]
  await signIn(proved.id)
  await signIn(unproved.id)
  expect(await ownerOf(ofProved)).toBe(proved.id)
  expect(await ownerOf(ofUnproved)).toBeNull()
})

test('a reset sets the password once, signs out everywhere, voids other links, and signs nobody in', async () => {
  const carl = await aPerson({ emailVerifiedAt: null })
  const session = await signIn(carl.id)
  await requestMail('password-reset', carl.email)
  const first = (await mailTo(carl.email))!.token!
  await requestMail('password-reset', carl.email)
  const second = (await mailTo(carl.email))!.token!
  const resets = await Promise.all(
    Array.from({ length: 5 }, (_, index) =>
      resetPassword({ token: second, password: `new password ${index}` }),
    ),
  )
  expect(resets.filter(({ ok }) => ok)).toHaveLength(1)
  expect(await resetPassword({ token: first, password: 'too late by now' })).toMatchObject({ ok: false })
  expect(await findSession(session)).toBeNull()
  expect(await db.$count(sessions, eq(sessions.userId, carl.id))).toBe(0)
  expect(await verifyCredentials({ email: carl.email, password })).toBeNull()
  expect((await mailTo(carl.email))!.kind).toBe('password-changed')
  const [user] = await db.select().from(users).where(eq(users.id, carl.id))
  expect(user!.emailVerifiedAt).not.toBeNull()
})

test('for an address without an account, and for a disabled one, nothing is sent', async () => {
  const disabled = await aPerson({ disabledAt: sql`now()` as never })
  for (const email of [newcomer(), disabled.email]) {
    await requestMail('password-reset', email)
    expect(await mailTo(email)).toBeNull()
  }
})

test('whoever asks for their orders gets the links to those of the address, and to no others', async () => {
  const email = newcomer()
  const orderId = await orderAsGuest(email)
  const other = await orderAsGuest(newcomer())
  await requestMail('order-links', email)
  const { text } = (await mailTo(email))!
  const tokenOfOrder = async (id: number) =>
    (await db.select().from(orders).where(eq(orders.id, id)))[0]!.token
  expect(text).toContain(await tokenOfOrder(orderId))
  expect(text).not.toContain(await tokenOfOrder(other))
  const nobody = newcomer()
  await requestMail('order-links', nobody)
  expect(await mailTo(nobody)).toBeNull()
})

test('changing the password asks for it, keeps this browser with a new session, ends all others', async () => {
  const carl = await aPerson()
  const [here, elsewhere] = [await signIn(carl.id), await signIn(carl.id)]
  const change = async (current: string) =>
    changePassword({
      userId: carl.id,
      sessionId: (await findSession(here))!.id,
      current,
      password: 'a better password',
      userAgent: '',
    })
  expect(await change('not the password')).toEqual({ ok: false, reason: 'wrong-password' })
  const changed = await change(password)
  expect(await findSession(here)).toBeNull()
  expect(await findSession(elsewhere)).toBeNull()
  expect(changed.ok && (await findSession(changed.token))!.user!.id).toBe(carl.id)
  expect(await verifyCredentials({ email: carl.email, password: 'a better password' })).not.toBeNull()
})

test('a new address counts once its link came back; the old one is told and its reset links are void', async () => {
  const carl = await aPerson()
  const email = newcomer()
  const theirs = await orderAsGuest(email)
  await requestMail('password-reset', carl.email)
  const reset = (await mailTo(carl.email))!.token!
  expect(await requestEmailChange({ userId: carl.id, email, password: 'wrong' })).toMatchObject({ ok: false })
  expect(await requestEmailChange({ userId: carl.id, email, password })).toEqual({ ok: true })
  const { token } = (await mailTo(email))!
  expect(await confirmEmail(token!)).toEqual({ ok: true, userId: carl.id, email })
  expect(await verifyCredentials({ email, password })).not.toBeNull()
  expect(await verifyCredentials({ email: carl.email, password })).toBeNull()
  expect(await ownerOf(theirs)).toBe(carl.id)
  expect((await mailTo(carl.email))!.kind).toBe('email-changed')
  expect(await resetPassword({ token: reset, password: 'stolen by the old mailbox' })).toMatchObject({
    ok: false,
  })
})

test('an address that belongs to somebody else cannot be taken; only they are told', async () => {
  const [carl, eve] = [await aPerson(), await aPerson()]
  expect(await requestEmailChange({ userId: eve.id, email: carl.email, password })).toEqual({ ok: true })
  const mail = (await mailTo(carl.email))!
  expect(mail.text).toContain('You have an account already'.toUpperCase())
  const link = await getLinkOfMail(mail.id)
  expect(await confirmEmail(tokenOf(link!)!)).toEqual({ ok: false, reason: 'link-is-dead' })
  expect(mail.text).not.toContain('confirm-email')
})

test('a closed account is gone with its session; its orders stay and belong to nobody', async () => {
  const carl = await aPerson()
  const orderId = await orderAsGuest(carl.email)
  const session = await signIn(carl.id)
  expect(await closeAccount({ userId: carl.id, password: 'wrong' })).toMatchObject({
    reason: 'wrong-password',
  })
  expect(await closeAccount({ userId: carl.id, password })).toEqual({ ok: true })
  expect(await findSession(session)).toBeNull()
  expect(await ownerOf(orderId)).toBeNull()
  const { olga } = await olgaOpensHerShop()
  expect(await closeAccount({ userId: olga, password })).toEqual({ ok: false, reason: 'owner-stays' })
})
