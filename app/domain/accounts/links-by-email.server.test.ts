import { desc, eq, sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { getEmailLink, deriveLinkToken } from '#app/domain/mail/email-links.server.ts'
import { sendQueuedEmail } from '#app/domain/emails/send-email.server.ts'
import { db } from '#db/client.ts'
import { emails, orders, sessions, users } from '#db/schema/index.ts'
import {
  createGuest,
  createUser,
  createProduct,
  filledForm,
  now,
  createShop,
  password,
  signIn,
} from '#tests/support/cast.ts'
import { confirmEmail, requestEmailChange } from './change-email.server.ts'
import { changePassword, resetPassword } from './change-password.server.ts'
import { closeAccount } from './close-account.server.ts'
import { findSession } from './sessions.server.ts'
import { verifyCredentials } from './sign-in.server.ts'
import { requestSignUpEmail, signUp } from './sign-up.server.ts'

beforeEach(async () => {
  await createShop()
})

/** The newest email to the address, rendered; null when none was rendered for it. */
async function emailTo(email: string) {
  const [queued] = await db
    .select()
    .from(emails)
    .where(eq(emails.toEmail, email))
    .orderBy(desc(emails.id))
    .limit(1)
  await sendQueuedEmail(queued!.id)
  const [message] = await db.select().from(emails).where(eq(emails.id, queued!.id))
  if (!message) return null
  const link = await getEmailLink(message.id)
  return { ...message, token: link && deriveLinkToken(link) }
}

const browser = { formerSessionId: null, userAgent: '' }
const newcomer = () => `new-${Math.random().toString(36).slice(2)}@example.com`

async function orderAsGuest(email: string) {
  const { settings } = await createShop()
  const guest = await createGuest(await createProduct())
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

test('a sign-up link creates the account, adds guest orders, and signs in', async () => {
  const email = newcomer()
  const [theirs, other] = [await orderAsGuest(email), await orderAsGuest(newcomer())]
  await requestSignUpEmail('sign-up', email)
  const { token } = (await emailTo(email))!
  const made = await signUp({ token: token!, name: 'Nina', password: 'quite a new password', ...browser })
  expect(made).toMatchObject({ ok: true })
  const session = made.ok ? await findSession(made.token) : null
  expect(session?.user).toMatchObject({ email, role: 'customer', permissions: [] })
  expect(await ownerOf(theirs)).toBe(session!.user!.id)
  expect(await ownerOf(other)).toBeNull()
  expect(await signUp({ token: token!, name: 'Eve', password: 'another password', ...browser })).toEqual({
    ok: false,
    reason: 'link-invalid',
  })
})

test('of two links to one address the first creates the account, the second reports it', async () => {
  const email = newcomer()
  await requestSignUpEmail('sign-up', email)
  const first = (await emailTo(email))!.token!
  await requestSignUpEmail('sign-up', email)
  const second = (await emailTo(email))!.token!
  const made = await Promise.all(
    [first, second].map((token) =>
      signUp({ token, name: 'N', password: 'quite a new password', ...browser }),
    ),
  )
  expect(made.filter(({ ok }) => ok)).toHaveLength(1)
  expect(made).toContainEqual({ ok: false, reason: 'already-registered' })
  expect(await db.$count(users, eq(users.email, email))).toBe(1)
})

test('signing up with an existing account’s email sends a notice without a link', async () => {
  const { email } = await createUser()
  await requestSignUpEmail('sign-up', email)
  const message = await emailTo(email)
  expect(message!.text).toContain('/login')
  expect(message!.token).toBeNull()
})

test('a guest order with the email of an account is added at the next sign-in, if the email is verified', async () => {
  const [proved, unproved] = [await createUser(), await createUser({ emailVerifiedAt: null })]
  const [ofProved, ofUnproved] = [await orderAsGuest(proved.email), await orderAsGuest(unproved.email)]
  await signIn(proved.id)
  await signIn(unproved.id)
  expect(await ownerOf(ofProved)).toBe(proved.id)
  expect(await ownerOf(ofUnproved)).toBeNull()
})

test('a reset sets the password once, signs out everywhere, voids other links, and does not sign in', async () => {
  const carl = await createUser({ emailVerifiedAt: null })
  const session = await signIn(carl.id)
  await requestSignUpEmail('password-reset', carl.email)
  const first = (await emailTo(carl.email))!.token!
  await requestSignUpEmail('password-reset', carl.email)
  const second = (await emailTo(carl.email))!.token!
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
  expect((await emailTo(carl.email))!.kind).toBe('password-changed')
  const [user] = await db.select().from(users).where(eq(users.id, carl.id))
  expect(user!.emailVerifiedAt).not.toBeNull()
})

test('nothing is sent to an address without an account, or with a suspended one', async () => {
  const disabled = await createUser({ disabledAt: sql`now()` as never })
  for (const email of [newcomer(), disabled.email]) {
    await requestSignUpEmail('password-reset', email)
    expect(await emailTo(email)).toBeNull()
  }
})

test('an order link email contains the orders of the address, and no others', async () => {
  const email = newcomer()
  const orderId = await orderAsGuest(email)
  const other = await orderAsGuest(newcomer())
  await requestSignUpEmail('order-links', email)
  const { text } = (await emailTo(email))!
  const tokenOfOrder = async (id: number) =>
    (await db.select().from(orders).where(eq(orders.id, id)))[0]!.token
  expect(text).toContain(await tokenOfOrder(orderId))
  expect(text).not.toContain(await tokenOfOrder(other))
  const unknownEmail = newcomer()
  await requestSignUpEmail('order-links', unknownEmail)
  expect(await emailTo(unknownEmail)).toBeNull()
})

test('changing the password asks for the current one, gives this browser a new session, and ends all others', async () => {
  const carl = await createUser()
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

test('a new email takes effect once its link is opened; the old one is notified and its reset links are void', async () => {
  const carl = await createUser()
  const email = newcomer()
  const theirs = await orderAsGuest(email)
  await requestSignUpEmail('password-reset', carl.email)
  const reset = (await emailTo(carl.email))!.token!
  expect(await requestEmailChange({ userId: carl.id, email, password: 'wrong' })).toMatchObject({ ok: false })
  expect(await requestEmailChange({ userId: carl.id, email, password })).toEqual({ ok: true })
  const { token } = (await emailTo(email))!
  expect(await confirmEmail(token!)).toEqual({ ok: true, userId: carl.id, email })
  expect(await verifyCredentials({ email, password })).not.toBeNull()
  expect(await verifyCredentials({ email: carl.email, password })).toBeNull()
  expect(await ownerOf(theirs)).toBe(carl.id)
  expect((await emailTo(carl.email))!.kind).toBe('email-changed')
  expect(await resetPassword({ token: reset, password: 'stolen by the old mailbox' })).toMatchObject({
    ok: false,
  })
})

test('the email of another account cannot be taken; only its owner is notified', async () => {
  const [carl, eve] = [await createUser(), await createUser()]
  expect(await requestEmailChange({ userId: eve.id, email: carl.email, password })).toEqual({ ok: true })
  const message = (await emailTo(carl.email))!
  expect(message.text).toContain('You already have an account')
  const link = await getEmailLink(message.id)
  expect(await confirmEmail(deriveLinkToken(link!)!)).toEqual({ ok: false, reason: 'link-invalid' })
  expect(message.text).not.toContain('confirm-email')
})

test('a closed account is deleted with its session; its orders stay without a user', async () => {
  const carl = await createUser()
  const orderId = await orderAsGuest(carl.email)
  const session = await signIn(carl.id)
  expect(await closeAccount({ userId: carl.id, password: 'wrong' })).toMatchObject({
    reason: 'wrong-password',
  })
  expect(await closeAccount({ userId: carl.id, password })).toEqual({ ok: true })
  expect(await findSession(session)).toBeNull()
  expect(await ownerOf(orderId)).toBeNull()
  const { olga } = await createShop()
  expect(await closeAccount({ userId: olga, password })).toEqual({ ok: false, reason: 'owner-stays' })
})
