import { eq, sql } from 'drizzle-orm'
import { findLink, consumeLink, revokeLinks } from '#app/domain/mail/email-links.server.ts'
import { enqueueAccountEmail } from '#app/domain/mail/outbox.server.ts'
import { claimGuestOrders } from '#app/domain/orders/claim-guest-orders.server.ts'
import { transaction } from '#db/client.ts'
import { violatedConstraint } from '#db/errors.ts'
import { users } from '#db/schema/index.ts'
import { changeCredentials, lockUser, lockVerifiedUser, verifyUserPassword } from './credentials.server.ts'

export type RequestEmailChangeResult = { ok: true } | { ok: false; reason: 'wrong-password' }

/**
 * Sends a confirmation link to the user's new email address, or to the current one to verify it. The response is the
 * same when the address already has an account: only its owner learns that, by email.
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
    await revokeLinks(tx, { userId, kind: 'email-change' })
    await enqueueAccountEmail(tx, { kind: 'email-change', to: email, link: { kind: 'email-change', userId } })
    return { ok: true }
  })
}

export type ConfirmEmailResult =
  { ok: true; userId: number; email: string } | { ok: false; reason: 'link-invalid' }

/**
 * Makes the link's address the user's email and notifies the old address. Guest orders with the new address are added
 * to the account. Refused as an invalid link when another account has taken the address since.
 */
export async function confirmEmail(token: string): Promise<ConfirmEmailResult> {
  const found = await findLink('email-change', token)
  if (!found?.userId) return { ok: false, reason: 'link-invalid' }
  const { userId } = found
  try {
    return await transaction(async (tx) => {
      // Locks the user first, then the link, like every change of credentials.
      const before = await lockUser(tx, userId)
      const link = before && (await consumeLink(tx, 'email-change', token))
      if (!link) return { ok: false, reason: 'link-invalid' }
      const { email } = link
      if (before.email === email)
        await tx
          .update(users)
          .set({ emailVerifiedAt: sql`now()` })
          .where(eq(users.id, userId))
      else await changeCredentials(tx, userId, { email, emailVerifiedAt: sql`now()` })
      await claimGuestOrders(tx, userId)
      if (before.email !== email) await enqueueAccountEmail(tx, { kind: 'email-changed', to: before.email })
      return { ok: true, userId, email }
    })
  } catch (error) {
    if (violatedConstraint(error) === 'users_email_key') return { ok: false, reason: 'link-invalid' }
    throw error
  }
}
