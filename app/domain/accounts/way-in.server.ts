import { and, eq, isNull } from 'drizzle-orm'
import { randomUUID } from 'node:crypto'
import { createLink, tokenOf } from '#app/domain/mail/mail-links.server.ts'
import { transaction } from '#db/client.ts'
import { mails, users } from '#db/schema/index.ts'
import { isSecondFactorReadable, removeTwoFactor } from './two-factor.server.ts'

/** `isSecondFactorLost`: the account has a second factor that nobody can check any more. */
export type WayIn = { token: string; isSecondFactorLost: boolean }

/**
 * For whoever runs the server, when the owner has lost password, mailbox or phone: the token of a link to a new
 * password, without any mail, and on demand the second factor taken away, also one that was sealed with a secret that is
 * lost. Null when the address has no account that is open. The outbox shows that it was made.
 */
export async function makeWayIn(
  email: string,
  options: { withoutSecondFactor: boolean },
): Promise<WayIn | null> {
  return transaction(async (tx) => {
    const [user] = await tx
      .select()
      .from(users)
      .where(and(eq(users.email, email.toLowerCase()), isNull(users.disabledAt)))
      .for('no key update')
    if (!user) return null
    if (options.withoutSecondFactor) await removeTwoFactor(tx, user)
    const [mail] = await tx
      .insert(mails)
      .values({
        kind: 'password-reset',
        dedupeKey: `way-in:${randomUUID()}`,
        toEmail: user.email,
        status: 'held',
        subject: 'Link made on the server',
      })
      .returning({ id: mails.id })
    const link = await createLink(tx, {
      kind: 'password-reset',
      mailId: mail!.id,
      email: user.email,
      userId: user.id,
    })
    const keepsFactor = user.totpEnabledAt !== null && !options.withoutSecondFactor
    return { token: tokenOf(link)!, isSecondFactorLost: keepsFactor && !isSecondFactorReadable(user) }
  })
}
