import { eq, sql } from 'drizzle-orm'
import { Secret, TOTP } from 'otpauth'
import { afterEach, expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { users } from '#db/schema/index.ts'
import { env } from '#env'
import { aPerson, password } from '#tests/support/cast.ts'
import { asSuperuser } from '#tests/support/database.ts'
import { seal, sealLength, unseal } from './sealed-secrets.server.ts'
import { confirmSignIn, signIn, verifyCredentials } from './sign-in.server.ts'
import { beginTwoFactor, getTwoFactorSetup, sealTwoFactorSecrets } from './two-factor.server.ts'
import { makeWayIn } from './way-in.server.ts'

const [old, fresh] = ['s'.repeat(32), 'f'.repeat(32)]
const place = 'users/1/totp_secret'
const secret = Buffer.from('twenty bytes of text')

/** SESSION_SECRET as it is from now on; the list is read for each use. */
const secretsBecome = (...secrets: string[]) => env.sessionSecrets.splice(0, Infinity, ...secrets)

afterEach(async () => {
  secretsBecome(old)
  await db.delete(users)
})

test('a sealed secret opens at its place only, and is another each time', () => {
  const sealed = seal(secret, place)
  expect(sealed).toHaveLength(secret.length + sealLength)
  expect(sealed.includes(secret)).toBe(false)
  expect(unseal(sealed, place)).toEqual(secret)
  expect(unseal(sealed, 'users/2/totp_secret')).toBeNull()
  expect(seal(secret, place).equals(sealed)).toBe(false)
})

test('a sealed secret that was changed in any of its bytes, or cut, does not open', () => {
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
  secretsBecome(fresh, old)
  expect(unseal(before, place)).toEqual(secret)
  const after = seal(secret, place)
  secretsBecome(fresh)
  expect(unseal(after, place)).toEqual(secret)
  expect(unseal(before, place)).toBeNull()
})

/** Somebody whose second factor is on, and the secret that their app has. */
async function aPersonWithAnApp() {
  const person = await aPerson({ role: 'staff' })
  await beginTwoFactor({ userId: person.id, password })
  const setup = (await getTwoFactorSetup(person.id, 'Hill & Co'))!
  await db
    .update(users)
    .set({ totpEnabledAt: sql`now()` })
    .where(eq(users.id, person.id))
  return { ...person, secret: Secret.fromBase32(setup.secret) }
}

type WithAnApp = Awaited<ReturnType<typeof aPersonWithAnApp>>

const stored = async (id: number) =>
  (await db.select({ sealed: users.totpSecret }).from(users).where(eq(users.id, id)))[0]!.sealed!

async function signInWithApp({ email, secret }: WithAnApp) {
  const browser = { formerSessionId: null, userAgent: '' }
  const step = await signIn({ verified: (await verifyCredentials({ email, password }))!, ...browser })
  if (!step || !('pendingToken' in step)) throw new Error('No second factor was asked for')
  const code = new TOTP({ secret }).generate()
  return confirmSignIn({ ...browser, pendingToken: step.pendingToken, code, now: new Date() })
}

test('no secret is in the table in the clear, and the database takes none', async () => {
  const person = await aPersonWithAnApp()
  const [found] = await db.execute<{ row: string }>(
    sql`select u::text as row from users u where id = ${person.id}`,
  )
  expect(found!.row).not.toContain(Buffer.from(person.secret.bytes).toString('hex'))
  const inTheClear = db
    .update(users)
    .set({ totpSecret: Buffer.from(person.secret.bytes) })
    .where(eq(users.id, person.id))
  await expect(inTheClear).rejects.toMatchObject({
    cause: { constraint_name: 'users_totp_secret_is_sealed' },
  })
})

test('secrets from before sealing are sealed at the start, once, and their apps go on', async () => {
  const person = await aPersonWithAnApp()
  const plain = Buffer.from(person.secret.bytes)
  await asSuperuser(async (sql) => {
    await sql`alter table users drop constraint users_totp_secret_is_sealed`
    await sql`update users set totp_secret = ${plain} where id = ${person.id}`
    await sql`
      alter table users add constraint users_totp_secret_is_sealed check (octet_length(totp_secret) = 53) not valid`
  })
  const runs = await Promise.all([sealTwoFactorSecrets(), sealTwoFactorSecrets()])
  expect(runs.map(({ unreadable }) => unreadable)).toEqual([0, 0])
  expect((await stored(person.id)).includes(plain)).toBe(false)
  expect(await sealTwoFactorSecrets()).toEqual({ sealed: 0, unreadable: 0 })
  expect(await signInWithApp(person)).toMatchObject({ ok: true })
})

test('after a rotation the start seals anew, and then the old secret can go', async () => {
  const person = await aPersonWithAnApp()
  secretsBecome(fresh, old)
  expect(await sealTwoFactorSecrets()).toEqual({ sealed: 1, unreadable: 0 })
  secretsBecome(fresh)
  expect(await sealTwoFactorSecrets()).toEqual({ sealed: 0, unreadable: 0 })
  expect(await signInWithApp(person)).toMatchObject({ ok: true })
})

test('when the secret is lost, codes of the app are refused in words and the server’s owner can take the factor away', async () => {
  const person = await aPersonWithAnApp()
  secretsBecome(fresh)
  expect(await sealTwoFactorSecrets()).toEqual({ sealed: 0, unreadable: 1 })
  expect(await signInWithApp(person)).toEqual({ ok: false, reason: 'secret-lost' })
  const link = await makeWayIn(person.email, { withoutSecondFactor: false })
  expect(link).toMatchObject({ isSecondFactorLost: true })
  expect(await makeWayIn(person.email, { withoutSecondFactor: true })).toMatchObject({
    isSecondFactorLost: false,
  })
  const step = await signIn({
    ...{ verified: (await verifyCredentials({ email: person.email, password }))! },
    ...{ formerSessionId: null, userAgent: '' },
  })
  expect(step).toHaveProperty('signedIn')
})
