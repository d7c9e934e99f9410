import { expect, test } from 'vitest'
import { createLink, findLink, deriveLinkToken } from '#app/domain/mail/email-links.server.ts'
import type { LinkKind } from '#app/domain/mail/mail.ts'
import { transaction } from '#db/client.ts'
import { invitations, emails } from '#db/schema/index.ts'
import { createUser, createShop, password } from '#tests/support/cast.ts'
import { acceptWithNewAccount } from '#app/domain/staff/accept-invitation.server.ts'
import { resetPassword } from './change-password.server.ts'
import { hashPassword, verifyPassword } from './passwords.server.ts'
import { claimShop } from '#app/domain/setup/setup.server.ts'
import { signUp } from './sign-up.server.ts'

const newPassword = 'four other words here'
const browser = { formerSessionId: null, userAgent: '' }
const busy = { code: 'HASHING_BUSY' }

/** Runs `work` while password hashing and its queue are full. */
async function whileHashingIsFull<T>(work: () => Promise<T>): Promise<T> {
  const hashes = Array.from({ length: 60 }, () =>
    hashPassword(password).then(
      () => true,
      () => false,
    ),
  )
  const result = await work()
  const done = await Promise.all(hashes)
  expect(done, 'some found no room').toContain(false)
  expect(done, 'most were hashed').toContain(true)
  return result
}

/** A link of this kind to a new address. */
async function createTestLink(kind: LinkKind) {
  const { id: userId, email } = await createUser()
  const to = kind === 'password-reset' ? email : `new-${email}`
  const token = await transaction(async (tx) => {
    const [message] = await tx.insert(emails).values({ kind, dedupeKey: to, toEmail: to }).returning()
    const [invitation] =
      kind === 'invitation'
        ? await tx.insert(invitations).values({ email: to, role: 'staff' }).returning()
        : []
    return deriveLinkToken(
      await createLink(tx, { kind, emailId: message!.id, email: to, userId, invitationId: invitation?.id }),
    )!
  })
  return token
}

const forms: [LinkKind, (token: string) => Promise<{ ok: boolean }>][] = [
  ['password-reset', (token) => resetPassword({ token, password: newPassword })],
  ['sign-up', (token) => signUp({ ...browser, token, name: 'Nina', password: newPassword })],
  ['invitation', (token) => acceptWithNewAccount({ ...browser, token, name: 'Nina', password: newPassword })],
]

test.each(forms)('a %s with an unknown token is refused without hashing anything', async (_, use) => {
  await createShop()
  expect(await whileHashingIsFull(() => use('x'.repeat(43)))).toEqual({ ok: false, reason: 'link-invalid' })
})

test.each(forms)('a %s fails while hashing is full, and its link still works', async (kind, use) => {
  await createShop()
  const token = await createTestLink(kind)
  await whileHashingIsFull(() => expect(use(token)).rejects.toMatchObject(busy))
  expect(await findLink(kind, token)).not.toBeNull()
  expect(await use(token)).toMatchObject({ ok: true })
})

test('a setup with a wrong code is refused without hashing anything', async () => {
  const shop = { shopName: 'Hill', currency: 'EUR', locale: 'en-IE', timeZone: 'UTC', name: 'Eve' }
  const claim = { ...shop, code: 'guessed', email: 'eve@example.com', password: newPassword }
  expect(await whileHashingIsFull(() => claimShop(claim))).toEqual({ ok: false, reason: 'wrong-code' })
})

test('verifying a password fails while hashing is full, whether the account exists or not', async () => {
  const hash = await hashPassword(password)
  await whileHashingIsFull(async () => {
    await expect(verifyPassword(hash, password)).rejects.toMatchObject(busy)
    await expect(verifyPassword(null, password)).rejects.toMatchObject(busy)
  })
  expect(await verifyPassword(hash, password)).toBe(true)
  expect(await verifyPassword(hash, newPassword)).toBe(false)
  expect(await verifyPassword(null, password)).toBe(false)
})
