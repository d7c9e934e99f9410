import { eq, sql } from 'drizzle-orm'
import { useLink } from '#app/domain/mail/mail-links.server.ts'
import { enqueueAccountMail } from '#app/domain/mail/outbox.server.ts'
import { claimGuestOrders } from '#app/domain/orders/claim-guest-orders.server.ts'
import { transaction } from '#db/client.ts'
import { brokenConstraint } from '#db/errors.ts'
import { users } from '#db/schema/index.ts'
import { knowsPassword, voidLinks } from './change-password.server.ts'

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
  if (!(await knowsPassword(userId, input.password))) return { ok: false, reason: 'wrong-password' }
  await transaction(async (tx) => {
    await voidLinks(tx, { userId, kind: 'email-change' })
    await enqueueAccountMail(tx, { kind: 'email-change', to: email, link: { kind: 'email-change', userId } })
  })
  return { ok: true }
}

export type ConfirmEmailResult =
  { ok: true; userId: number; email: string } | { ok: false; reason: 'link-is-dead' }

/**
 * Makes the address of the link the user's own; the former address is told. Guest orders with the new address
 * join the account. An address that has become somebody else's meanwhile is refused as a dead link.
 */
export async function confirmEmail(token: string): Promise<ConfirmEmailResult> {
  try {
    return await transaction(async (tx) => {
      const link = await useLink(tx, 'email-change', token)
      if (!link?.userId) return { ok: false, reason: 'link-is-dead' }
      const [before] = await tx.select().from(users).where(eq(users.id, link.userId)).for('no key update')
      if (!before || before.disabledAt) return { ok: false, reason: 'link-is-dead' }
      await tx
        .update(users)
        .set({ email: link.email, emailVerifiedAt: sql`now()` })
        .where(eq(users.id, before.id))
      await claimGuestOrders(tx, before.id)
      if (before.email !== link.email) {
        await voidLinks(tx, { userId: before.id, kind: 'password-reset' })
        await enqueueAccountMail(tx, { kind: 'email-changed', to: before.email })
      }
      return { ok: true, userId: before.id, email: link.email }
    })
  } catch (error) {
    if (brokenConstraint(error) === 'users_email_key') return { ok: false, reason: 'link-is-dead' }
    throw error
  }
}
