import { eq, sql } from 'drizzle-orm'
import { findLink, useLink, voidLinks } from '#app/domain/mail/mail-links.server.ts'
import { enqueueAccountMail } from '#app/domain/mail/outbox.server.ts'
import { claimGuestOrders } from '#app/domain/orders/claim-guest-orders.server.ts'
import { transaction } from '#db/client.ts'
import { brokenConstraint } from '#db/errors.ts'
import { users } from '#db/schema/index.ts'
import { changeCredentials, lockUser, lockVerifiedUser, verifyUserPassword } from './credentials.server.ts'

export type RequestEmailChangeResult = { ok: true } | { ok: false; reason: 'wrong-password' }

/**
 * Sends a link to the address that is to become the user's, which may be the present one to have it proved. The
 * answer is the same when the address has an account already: only its holder is told, by that mail.
 */
export async function requestEmailChange(input: {
  userId: number
  email: string
  password: string
}): Promise<RequestEmailChangeResult> {
  const { userId, email } = input
  const verified = await verifyUserPassword(userId, input.password)
  if (!verified) return { ok: false, reason: 'wrong-password' }
  return transaction(async (tx) => {
    if (!(await lockVerifiedUser(tx, verified))) return { ok: false, reason: 'wrong-password' }
    await voidLinks(tx, { userId, kind: 'email-change' })
    await enqueueAccountMail(tx, { kind: 'email-change', to: email, link: { kind: 'email-change', userId } })
    return { ok: true }
  })
}

export type ConfirmEmailResult =
  { ok: true; userId: number; email: string } | { ok: false; reason: 'link-is-dead' }

/**
 * Makes the address of the link the user's own; the former address is told. Guest orders with the new address
 * join the account. An address that has become somebody else's meanwhile is refused as a dead link.
 */
export async function confirmEmail(token: string): Promise<ConfirmEmailResult> {
  const found = await findLink('email-change', token)
  if (!found?.userId) return { ok: false, reason: 'link-is-dead' }
  const { userId } = found
  try {
    return await transaction(async (tx) => {
      // The user first, then the link, as every change of credentials locks them.
      const before = await lockUser(tx, userId)
      const link = before && (await useLink(tx, 'email-change', token))
      if (!link) return { ok: false, reason: 'link-is-dead' }
      const { email } = link
      if (before.email === email)
        await tx
          .update(users)
          .set({ emailVerifiedAt: sql`now()` })
          .where(eq(users.id, userId))
      else await changeCredentials(tx, userId, { email, emailVerifiedAt: sql`now()` })
      await claimGuestOrders(tx, userId)
      if (before.email !== email) await enqueueAccountMail(tx, { kind: 'email-changed', to: before.email })
      return { ok: true, userId, email }
    })
  } catch (error) {
    if (brokenConstraint(error) === 'users_email_key') return { ok: false, reason: 'link-is-dead' }
    throw error
  }
}
