import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { getCart } from '#app/domain/cart/get-cart.server.ts'
import { db } from '#db/client.ts'
import { sessions, settings, users } from '#db/schema/index.ts'
import { createGuest, createProduct, createShop, signIn } from '#tests/support/cast.ts'
import { endSession, findSession, startGuestSession } from './sessions.server.ts'
import { claimShop, getOrCreateSetupCode, isSetupCode } from '#app/domain/setup/setup.server.ts'
import { verifyCredentials } from './sign-in.server.ts'

const claim = (code: string, email: string) =>
  claimShop({
    code,
    email,
    shopName: 'Hill & Co',
    currency: 'EUR',
    locale: 'en-IE',
    timeZone: 'Europe/Berlin',
    name: 'Olga Hill',
    password: 'four words in a row',
  })

test('of ten concurrent uses of one setup link one gets the shop, and then no link works', async () => {
  const code = (await getOrCreateSetupCode())!
  expect(await isSetupCode(code)).toBe(true)
  const claims = await Promise.all(
    Array.from({ length: 10 }, (_, index) => claim(code, `olga${index}@hill.example`)),
  )
  expect(claims.filter((result) => result.ok)).toHaveLength(1)
  expect(await db.$count(users)).toBe(1)
  expect(await db.$count(settings)).toBe(1)
  expect(await getOrCreateSetupCode()).toBeNull()
  expect(await isSetupCode(code)).toBe(false)
})

test('a wrong code does not claim the shop', async () => {
  expect(await claim('not the code', 'eve@example.com')).toEqual({ ok: false, reason: 'wrong-code' })
})

test('verifyCredentials compares the password exactly, and refuses a suspended account', async () => {
  await createShop()
  const [olga] = await db.select().from(users)
  const credentials = { email: olga!.email, password: 'four words in a row' }
  expect(await verifyCredentials(credentials)).toEqual({
    userId: olga!.id,
    passwordHash: olga!.passwordHash,
  })
  expect(await verifyCredentials({ ...credentials, password: 'four words in a roW' })).toBeNull()
  expect(await verifyCredentials({ ...credentials, email: 'nobody@example.com' })).toBeNull()
  const token = await signIn(olga!.id)
  await db.update(users).set({ disabledAt: sql`now()` })
  expect(await verifyCredentials(credentials)).toBeNull()
  expect(await findSession(token)).toBeNull()
  await db.update(users).set({ disabledAt: null })
  expect(await findSession(token)).toMatchObject({ user: { id: olga!.id, role: 'owner' } })
})

test('signing in ends the previous session and keeps the cart', async () => {
  const { olga } = await createShop()
  const { variantId } = await createProduct()
  const shopper = await createGuest({ variantId, quantity: 2 })
  const token = await signIn(olga, shopper.sessionId)
  const session = await findSession(token)
  expect(session!.id).not.toBe(shopper.sessionId)
  expect(await getCart({ sessionId: session!.id, userId: olga })).toMatchObject({ count: 2 })
  expect(await db.$count(sessions, eq(sessions.id, shopper.sessionId))).toBe(0)
})

test('an ended or expired session is not found, and its token is not in the table', async () => {
  const { id, token } = await startGuestSession('x'.repeat(1000))
  const [row] = await db.select().from(sessions).where(eq(sessions.id, id))
  expect(row!.tokenHash.toString('base64url')).not.toBe(token)
  expect(await findSession(token)).toEqual({ id, user: null, secondsLeft: expect.any(Number) as number })
  await db
    .update(sessions)
    .set({ expiresAt: sql`now() - interval '1 second'` })
    .where(eq(sessions.id, id))
  expect(await findSession(token)).toBeNull()
  const other = await startGuestSession('')
  await endSession(other.id)
  expect(await findSession(other.token)).toBeNull()
})
