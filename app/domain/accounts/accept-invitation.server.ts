import { eq, sql } from 'drizzle-orm'
import { findLink, useLink } from '#app/domain/mail/mail-links.server.ts'
import { db, nameActor, transaction, type Tx } from '#db/client.ts'
import { invitations, users } from '#db/schema/index.ts'
import { isStaff } from './accounts.ts'
import { lockVerifiedUser, verifyUserPassword } from './credentials.server.ts'
import { appointmentOf } from './invitations.server.ts'
import { hashPassword } from './passwords.server.ts'
import { beginUserSession, endSessionsOf, type SignedIn } from './sessions.server.ts'
import { beginSignIn, type SignInStep } from './sign-in.server.ts'

type Browser = { formerSessionId: number | null; userAgent: string }

/** What an invitation's link leads to; null for a link that does not work any more. */
export async function findInvitation(token: string) {
  const link = await findLink('invitation', token)
  if (!link?.invitationId) return null
  const [found] = await db
    .select({
      invitation: invitations,
      by: sql<string | null>`(select name from ${users} where id = invitations.invited_by_id)`,
      accountId: users.id,
    })
    .from(invitations)
    .leftJoin(users, eq(users.email, invitations.email))
    .where(eq(invitations.id, link.invitationId))
  if (!found) return null
  const { email } = found.invitation
  return { email, by: found.by, accountId: found.accountId, ...appointmentOf(found.invitation) }
}

export type AcceptResult =
  ({ ok: true; userId: number } & SignedIn) | { ok: false; reason: 'link-is-dead' | 'has-account' }

/**
 * Makes the account of somebody who was invited and has none, and signs them in. The link proves the address. Of two
 * who use one link at once, one gets in.
 */
export async function acceptAsNewcomer(
  input: Browser & { token: string; name: string; password: string },
): Promise<AcceptResult> {
  if (!(await findLink('invitation', input.token))) return { ok: false, reason: 'link-is-dead' }
  const passwordHash = await hashPassword(input.password)
  return transaction<AcceptResult>(async (tx) => {
    const invitation = await takeInvitation(tx, input.token)
    if (!invitation) return { ok: false, reason: 'link-is-dead' }
    const [user] = await tx
      .insert(users)
      .values({ email: invitation.email, name: input.name, passwordHash })
      .onConflictDoNothing()
      .returning({ id: users.id })
    // The link is used up only together with what it is for.
    if (!user) throw new HasAccount()
    await appoint(tx, user.id, invitation)
    const signedIn = await beginUserSession(tx, { ...input, userId: user.id })
    return { ok: true, userId: user.id, ...signedIn! }
  }).catch((error: unknown) => {
    if (error instanceof HasAccount) return { ok: false, reason: 'has-account' }
    throw error
  })
}

class HasAccount extends Error {}

/** For somebody who has a second factor, the token of the step that asks for it. */
export type JoinResult =
  ({ ok: true } & SignInStep) | { ok: false; reason: 'link-is-dead' | 'wrong-password' }

/** Gives the role to somebody who has an account and knows its password. All their other sessions end. */
export async function acceptWithAccount(
  input: Browser & { token: string; password: string },
): Promise<JoinResult> {
  const found = await findInvitation(input.token)
  if (!found?.accountId) return { ok: false, reason: 'link-is-dead' }
  const userId = found.accountId
  const verified = await verifyUserPassword(userId, input.password)
  if (!verified) return { ok: false, reason: 'wrong-password' }
  return transaction(async (tx) => {
    const user = await lockVerifiedUser(tx, verified)
    if (!user) return { ok: false, reason: 'wrong-password' }
    const canJoin = user.email === found.email && !isStaff(user)
    const invitation = canJoin ? await takeInvitation(tx, input.token) : null
    if (!invitation) return { ok: false, reason: 'link-is-dead' }
    await appoint(tx, userId, invitation)
    await endSessionsOf(tx, userId)
    return { ok: true, ...(await beginSignIn(tx, user, input)) }
  })
}

/** Uses the link up and removes the invitation, so that it cannot be given twice. */
async function takeInvitation(tx: Tx, token: string) {
  const link = await useLink(tx, 'invitation', token)
  if (!link?.invitationId) return null
  const [invitation] = await tx.delete(invitations).where(eq(invitations.id, link.invitationId)).returning()
  return invitation ?? null
}

/** The one who joins is named as the one who did it. */
async function appoint(tx: Tx, userId: number, invitation: typeof invitations.$inferSelect): Promise<void> {
  await nameActor(tx, userId)
  await tx
    .update(users)
    .set({ ...appointmentOf(invitation), emailVerifiedAt: sql`coalesce(${users.emailVerifiedAt}, now())` })
    .where(eq(users.id, userId))
}
