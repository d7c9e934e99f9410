import { sql } from 'drizzle-orm'
import { enqueueAccountEmail } from '#app/domain/mail/outbox.server.ts'
import { findLink, consumeLink } from '#app/domain/mail/email-links.server.ts'
import { transaction, type Tx } from '#db/client.ts'
import { users } from '#db/schema/index.ts'
import { hashPassword } from './passwords.server.ts'
import { beginUserSession, type SignedIn } from './user-session.server.ts'

/**
 * Requests an email for an address: a sign-up link, a password reset or order links. Does the same work for every
 * address; the job decides what the email says, and whether to send one.
 */
export async function requestSignUpEmail(
  kind: 'sign-up' | 'password-reset' | 'order-links',
  to: string,
): Promise<void> {
  await transaction((tx) => enqueueAccountEmail(tx, { kind, to }))
}

export type SignUpResult =
  ({ ok: true; userId: number } & SignedIn) | { ok: false; reason: 'link-invalid' | 'already-registered' }

/**
 * Creates the customer's account from the link sent to its address, and signs in. The address is verified by that, so
 * its guest orders are added, and this browser's cart is merged, all in one transaction. When one link is used twice at
 * once, one request gets the account.
 */
export async function signUp(input: {
  token: string
  name: string
  password: string
  formerSessionId: number | null
  userAgent: string
}): Promise<SignUpResult> {
  if (!(await findLink('sign-up', input.token))) return { ok: false, reason: 'link-invalid' }
  const passwordHash = await hashPassword(input.password)
  return transaction(async (tx) => {
    const link = await consumeLink(tx, 'sign-up', input.token)
    if (!link) return { ok: false, reason: 'link-invalid' }
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

/** Creates the shop's owner, as a step of the caller's transaction. Returns the id. */
export async function createOwner(
  tx: Tx,
  values: { email: string; name: string; passwordHash: string },
): Promise<number> {
  const [owner] = await tx
    .insert(users)
    .values({ ...values, role: 'owner' })
    .returning({ id: users.id })
  return owner!.id
}
