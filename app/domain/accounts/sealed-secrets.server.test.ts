import { eq, sql } from 'drizzle-orm'
import { Secret, TOTP } from 'otpauth'
import { afterEach, expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { users } from '#db/schema/index.ts'
import { env } from '#env'
import { createUser, password } from '#tests/support/cast.ts'
import { asSuperuser } from '#tests/support/database.ts'
import { seal, sealLength, unseal } from './sealed-secrets.server.ts'
import { confirmSignIn, signIn, verifyCredentials } from './sign-in.server.ts'
import { beginTwoFactor, getTwoFactorSetup, sealTwoFactorSecrets } from './two-factor.server.ts'
import { createRecoveryLink } from './recover-account.server.ts'

const [old, fresh] = ['s'.repeat(32), 'f'.repeat(32)]
const place = 'users/1/totp_secret'
const secret = Buffer.from('twenty bytes of text')

/** Sets SESSION_SECRET from now on; the list is read at each use. */
const setSecrets = (...secrets: string[]) => env.sessionSecrets.splice(0, Infinity, ...secrets)

afterEach(async () => {
  setSecrets(old)
  await db.delete(users)
})

test('a sealed secret opens only for its place, and differs each time', () => {
  const sealed = seal(secret, place)
  expect(sealed).toHaveLength(secret.length + sealLength)
  expect(sealed.includes(secret)).toBe(false)
  expect(unseal(sealed, place)).toEqual(secret)
  expect(unseal(sealed, 'users/2/totp_secret')).toBeNull()
  expect(seal(secret, place).equals(sealed)).toBe(false)
})

test('a sealed secret that was modified in any byte, or truncated, does not open', () => {
  const sealed = seal(secret, place)
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed)
    changed[at]! ^= 1
    expect(unseal(changed, place), `byte ${at}`).toBeNull()
  }
  for (const length of [0, 4, 5, 32, sealed.length - 1])
    expect(unseal(sealed.subarray(0, length), place), `${length} bytes`).toBeNull()
})

test('the first secret of the list seals, all of them open', () => {
  const before = seal(secret, place)
  setSecrets(fresh, old)
  expect(unseal(before, place)).toEqual(secret)
  const after = seal(secret, place)
  setSecrets(fresh)
  expect(unseal(after, place)).toEqual(secret)
  expect(unseal(before, place)).toBeNull()
})

/** A user with two-factor authentication, and the secret in their authenticator app. */
async function createUserWithApp() {
  const user = await createUser({ role: 'staff' })
  await beginTwoFactor({ userId: user.id, password })
  const setup = (await getTwoFactorSetup(user.id, 'Hill & Co'))!
  await db
    .update(users)
    .set({ totpEnabledAt: sql`now()` })
    .where(eq(users.id, user.id))
  return { ...user, secret: Secret.fromBase32(setup.secret) }
}

type WithAnApp = Awaited<ReturnType<typeof createUserWithApp>>

const stored = async (id: number) =>
  (await db.select({ sealed: users.totpSecret }).from(users).where(eq(users.id, id)))[0]!.sealed!

async function signInWithApp({ email, secret }: WithAnApp) {
  const browser = { formerSessionId: null, userAgent: '' }
  const step = await signIn({ verified: (await verifyCredentials({ email, password }))!, ...browser })
  if (!step || !('pendingToken' in step)) throw new Error('No two-factor code was required')
  const code = new TOTP({ secret }).generate()
  return confirmSignIn({ ...browser, pendingToken: step.pendingToken, code, now: new Date() })
}

test('the table holds no plaintext secret, and the database refuses one', async () => {
  const user = await createUserWithApp()
  const [found] = await db.execute<{ row: string }>(
    sql`select u::text as row from users u where id = ${user.id}`,
  )
  expect(found!.row).not.toContain(Buffer.from(user.secret.bytes).toString('hex'))
  const inTheClear = db
    .update(users)
    .set({ totpSecret: Buffer.from(user.secret.bytes) })
    .where(eq(users.id, user.id))
  await expect(inTheClear).rejects.toMatchObject({
    cause: { constraint_name: 'users_totp_secret_is_sealed' },
  })
})

test('plaintext secrets are sealed at startup, once, and their apps keep working', async () => {
  const user = await createUserWithApp()
  const plain = Buffer.from(user.secret.bytes)
  await asSuperuser(async (sql) => {
    await sql`alter table users drop constraint users_totp_secret_is_sealed`
    await sql`update users set totp_secret = ${plain} where id = ${user.id}`
    await sql`
      alter table users add constraint users_totp_secret_is_sealed check (octet_length(totp_secret) = 53) not valid`
  })
  const runs = await Promise.all([sealTwoFactorSecrets(), sealTwoFactorSecrets()])
  expect(runs.map(({ unreadable }) => unreadable)).toEqual([0, 0])
  expect((await stored(user.id)).includes(plain)).toBe(false)
  expect(await sealTwoFactorSecrets()).toEqual({ sealed: 0, unreadable: 0 })
  expect(await signInWithApp(user)).toMatchObject({ ok: true })
})

test('after a rotation, startup seals again, and then the old secret can be removed', async () => {
  const user = await createUserWithApp()
  setSecrets(fresh, old)
  expect(await sealTwoFactorSecrets()).toEqual({ sealed: 1, unreadable: 0 })
  setSecrets(fresh)
  expect(await sealTwoFactorSecrets()).toEqual({ sealed: 0, unreadable: 0 })
  expect(await signInWithApp(user)).toMatchObject({ ok: true })
})

test('when the secret is lost, authenticator codes are refused with a message and the server’s operator can disable two-factor authentication', async () => {
  const user = await createUserWithApp()
  setSecrets(fresh)
  expect(await sealTwoFactorSecrets()).toEqual({ sealed: 0, unreadable: 1 })
  expect(await signInWithApp(user)).toEqual({ ok: false, reason: 'secret-lost' })
  const link = await createRecoveryLink(user.email, { withoutTwoFactor: false })
  expect(link).toMatchObject({ isTwoFactorLost: true })
  expect(await createRecoveryLink(user.email, { withoutTwoFactor: true })).toMatchObject({
    isTwoFactorLost: false,
  })
  const step = await signIn({
    ...{ verified: (await verifyCredentials({ email: user.email, password }))! },
    ...{ formerSessionId: null, userAgent: '' },
  })
  expect(step).toHaveProperty('signedIn')
})
