import { sql } from 'drizzle-orm'
import { enqueueAccountMail } from '#app/domain/mail/outbox.server.ts'
import { findLink, useLink } from '#app/domain/mail/mail-links.server.ts'
import { transaction } from '#db/client.ts'
import { users } from '#db/schema/index.ts'
import { hashPassword } from './passwords.server.ts'
import { beginUserSession, type SignedIn } from './sessions.server.ts'

/**
 * Sends what somebody asked for to an address: a link to sign up, to choose a new password, to find their orders.
 * Does the same for every address; what the mail says, and if there is one at all, the job finds out.
 */
export async function requestMail(
  kind: 'sign-up' | 'password-reset' | 'order-links',
  to: string,
): Promise<void> {
  await transaction((tx) => enqueueAccountMail(tx, { kind, to }))
}

export type SignUpResult =
  ({ ok: true; userId: number } & SignedIn) | { ok: false; reason: 'link-is-dead' | 'already-registered' }

/**
 * Makes the customer's account from the link that was sent to its address, and signs in: the address is proved,
 * so guest orders with it join, and so does the cart of this browser, all in one transaction. Of two who use one
 * link at once, one gets the account.
 */
export async function signUp(input: {
  token: string
  name: string
  password: string
  formerSessionId: number | null
  userAgent: string
}): Promise<SignUpResult> {
  if (!(await findLink('sign-up', input.token))) return { ok: false, reason: 'link-is-dead' }
  const passwordHash = await hashPassword(input.password)
  return transaction(async (tx) => {
    const link = await useLink(tx, 'sign-up', input.token)
    if (!link) return { ok: false, reason: 'link-is-dead' }
    const [user] = await tx
      .insert(users)
      .values({ email: link.email, emailVerifiedAt: sql`now()`, name: input.name, passwordHash })
      .onConflictDoNothing()
      .returning({ id: users.id })
    if (!user) return { ok: false, reason: 'already-registered' }
    const signedIn = await beginUserSession(tx, { ...input, userId: user.id })
    return { ok: true, userId: user.id, ...signedIn! }
  })
}
