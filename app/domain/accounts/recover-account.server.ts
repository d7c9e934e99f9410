import { and, eq, isNull } from 'drizzle-orm'
import { createLink, deriveLinkToken } from '#app/domain/mail/email-links.server.ts'
import { recordRecoveryLink } from '#app/domain/mail/outbox.server.ts'
import { transaction } from '#db/client.ts'
import { users } from '#db/schema/index.ts'
import { isTwoFactorReadable, removeTwoFactor } from './two-factor.server.ts'

/** `isTwoFactorLost`: the account has a two-factor secret that can no longer be decrypted. */
export type RecoveryLink = { token: string; isTwoFactorLost: boolean }

/**
 * Account recovery for the server's operator, when the owner has lost password, mailbox or phone: returns the token of
 * a password reset link without sending an email, and optionally disables two-factor authentication, also when its
 * secret can no longer be decrypted. Null when the address has no active account. The outbox records the link.
 */
export async function createRecoveryLink(
  email: string,
  options: { withoutTwoFactor: boolean },
): Promise<RecoveryLink | null> {
  return transaction(async (tx) => {
    const [user] = await tx
      .select()
      .from(users)
      .where(and(eq(users.email, email.toLowerCase()), isNull(users.disabledAt)))
      .for('no key update')
    if (!user) return null
    if (options.withoutTwoFactor) await removeTwoFactor(tx, user)
    const emailId = await recordRecoveryLink(tx, user.email)
    const link = await createLink(tx, {
      kind: 'password-reset',
      emailId,
      email: user.email,
      userId: user.id,
    })
    const keepsFactor = user.totpEnabledAt !== null && !options.withoutTwoFactor
    return { token: deriveLinkToken(link)!, isTwoFactorLost: keepsFactor && !isTwoFactorReadable(user) }
  })
}
