import { eq, sql } from 'drizzle-orm'
import { findLink, consumeLink } from '#app/domain/mail/email-links.server.ts'
import { db, setAuditActor, transaction, type Tx } from '#db/client.ts'
import { invitations, users } from '#db/schema/index.ts'
import { isStaff } from '#app/domain/access/roles.ts'
import { lockVerifiedUser, verifyUserPassword } from '#app/domain/accounts/credentials.server.ts'
import { toStaffAccess } from './invitations.server.ts'
import { hashPassword } from '#app/domain/accounts/passwords.server.ts'
import { endUserSessions } from '#app/domain/accounts/sessions.server.ts'
import { beginUserSession, type SignedIn } from '#app/domain/accounts/user-session.server.ts'
import { beginSignIn, type SignInStep } from '#app/domain/accounts/sign-in.server.ts'

type Browser = { formerSessionId: number | null; userAgent: string }

/** The invitation of a link; null for a link that is invalid or expired. */
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
  return { email, by: found.by, accountId: found.accountId, ...toStaffAccess(found.invitation) }
}

export type AcceptResult =
  ({ ok: true; userId: number } & SignedIn) | { ok: false; reason: 'link-invalid' | 'has-account' }

/**
 * Creates the account of an invited user who has none, and signs them in. The link verifies the address. When one link
 * is used twice at once, one request succeeds.
 */
export async function acceptWithNewAccount(
  input: Browser & { token: string; name: string; password: string },
): Promise<AcceptResult> {
  if (!(await findLink('invitation', input.token))) return { ok: false, reason: 'link-invalid' }
  const passwordHash = await hashPassword(input.password)
  return transaction<AcceptResult>(async (tx) => {
    const invitation = await takeInvitation(tx, input.token)
    if (!invitation) return { ok: false, reason: 'link-invalid' }
    const [user] = await tx
      .insert(users)
      .values({ email: invitation.email, name: input.name, passwordHash })
      .onConflictDoNothing()
      .returning({ id: users.id })
    // Rolls back, so that the link is used up only together with the account's creation.
    if (!user) throw new HasAccount()
    await grantAccess(tx, user.id, invitation)
    const signedIn = await beginUserSession(tx, { ...input, userId: user.id })
    return { ok: true, userId: user.id, ...signedIn! }
  }).catch((error: unknown) => {
    if (error instanceof HasAccount) return { ok: false, reason: 'has-account' }
    throw error
  })
}

class HasAccount extends Error {}

/** With two-factor authentication, the token of the step that asks for the code. */
export type AcceptWithAccountResult =
  ({ ok: true } & SignInStep) | { ok: false; reason: 'link-invalid' | 'wrong-password' }

/** Grants the invitation's role to a user who has an account and enters its password. All their other sessions end. */
export async function acceptWithExistingAccount(
  input: Browser & { token: string; password: string },
): Promise<AcceptWithAccountResult> {
  const found = await findInvitation(input.token)
  if (!found?.accountId) return { ok: false, reason: 'link-invalid' }
  const userId = found.accountId
  const verified = await verifyUserPassword(userId, input.password)
  if (!verified) return { ok: false, reason: 'wrong-password' }
  return transaction(async (tx) => {
    const user = await lockVerifiedUser(tx, verified)
    if (!user) return { ok: false, reason: 'wrong-password' }
    const canJoin = user.email === found.email && !isStaff(user)
    const invitation = canJoin ? await takeInvitation(tx, input.token) : null
    if (!invitation) return { ok: false, reason: 'link-invalid' }
    await grantAccess(tx, userId, invitation)
    await endUserSessions(tx, userId)
    return { ok: true, ...(await beginSignIn(tx, user, input)) }
  })
}

/** Consumes the link and deletes the invitation, so that it cannot be accepted twice. */
async function takeInvitation(tx: Tx, token: string) {
  const link = await consumeLink(tx, 'invitation', token)
  if (!link?.invitationId) return null
  const [invitation] = await tx.delete(invitations).where(eq(invitations.id, link.invitationId)).returning()
  return invitation ?? null
}

/** The new staff member is the actor in the audit log. */
async function grantAccess(
  tx: Tx,
  userId: number,
  invitation: typeof invitations.$inferSelect,
): Promise<void> {
  await setAuditActor(tx, userId)
  await tx
    .update(users)
    .set({ ...toStaffAccess(invitation), emailVerifiedAt: sql`coalesce(${users.emailVerifiedAt}, now())` })
    .where(eq(users.id, userId))
}
