import { and, eq, isNull } from 'drizzle-orm'
import { randomUUID } from 'node:crypto'
import { createLink, tokenOf } from '#app/domain/mail/mail-links.server.ts'
import { transaction } from '#db/client.ts'
import { mails, users } from '#db/schema/index.ts'
import { removeTwoFactor } from './two-factor.server.ts'

/**
 * For whoever runs the server, when the owner has lost password, mailbox or phone: the token of a link to a new
 * password, without any mail, and on demand the second factor taken away. Null when the address has no account
 * that is open. The outbox shows that it was made.
 */
export async function makeWayIn(
  email: string,
  options: { withoutSecondFactor: boolean },
): Promise<string | null> {
  return transaction(async (tx) => {
    const [user] = await tx
      .select({ id: users.id, email: users.email })
      .from(users)
      .where(and(eq(users.email, email.toLowerCase()), isNull(users.disabledAt)))
    if (!user) return null
    if (options.withoutSecondFactor) await removeTwoFactor(tx, user.id)
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
    return tokenOf(link)
  })
}
