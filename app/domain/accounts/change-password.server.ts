import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import { findLink, useLink } from '#app/domain/mail/mail-links.server.ts'
import { enqueueAccountMail } from '#app/domain/mail/outbox.server.ts'
import { db, transaction, type Tx } from '#db/client.ts'
import { mailLinks, users } from '#db/schema/index.ts'
import { hashPassword, verifyPassword } from './passwords.server.ts'
import { beginUserSession, endSessionsOf } from './sessions.server.ts'

export type ResetPasswordResult = { ok: true } | { ok: false; reason: 'link-is-dead' }

/**
 * Sets a new password by the link that was sent for it. Nobody is signed in by that: all of the user's sessions
 * end, and every other reset link is void. The link also proves the address.
 */
export async function resetPassword(input: {
  token: string
  password: string
}): Promise<ResetPasswordResult> {
  if (!(await findLink('password-reset', input.token))) return { ok: false, reason: 'link-is-dead' }
  const passwordHash = await hashPassword(input.password)
  return transaction(async (tx) => {
    const link = await useLink(tx, 'password-reset', input.token)
    if (!link?.userId) return { ok: false, reason: 'link-is-dead' }
    const [user] = await tx
      .update(users)
      .set({ passwordHash, emailVerifiedAt: sql`coalesce(${users.emailVerifiedAt}, now())` })
      .where(and(eq(users.id, link.userId), eq(users.email, link.email), isNull(users.disabledAt)))
      .returning({ id: users.id, email: users.email })
    if (!user) return { ok: false, reason: 'link-is-dead' }
    await endSessionsOf(tx, user.id)
    await voidLinks(tx, { userId: user.id, kind: 'password-reset', except: link.id })
    await enqueueAccountMail(tx, { kind: 'password-changed', to: user.email })
    return { ok: true }
  })
}

export type ChangePasswordResult = { ok: true; token: string } | { ok: false; reason: 'wrong-password' }

/**
 * Sets a new password for somebody who knows the present one. This browser gets a new session, all others end,
 * reset links that are still on their way are void, and a mail tells about it.
 */
export async function changePassword(input: {
  userId: number
  sessionId: number
  current: string
  password: string
  userAgent: string
}): Promise<ChangePasswordResult> {
  const { userId } = input
  if (!(await knowsPassword(userId, input.current))) return { ok: false, reason: 'wrong-password' }
  const passwordHash = await hashPassword(input.password)
  return transaction(async (tx) => {
    const signedIn = await beginUserSession(tx, { ...input, formerSessionId: input.sessionId })
    if (!signedIn) return { ok: false, reason: 'wrong-password' }
    await endSessionsOf(tx, userId, { except: signedIn.sessionId })
    const [user] = await tx
      .update(users)
      .set({ passwordHash })
      .where(eq(users.id, userId))
      .returning({ email: users.email })
    await voidLinks(tx, { userId, kind: 'password-reset' })
    await enqueueAccountMail(tx, { kind: 'password-changed', to: user!.email })
    return { ok: true, token: signedIn.token }
  })
}

/** Whether this is the user's present password, which what cannot be undone asks for again. */
export async function knowsPassword(userId: number, password: string): Promise<boolean> {
  const [user] = await db.select({ passwordHash: users.passwordHash }).from(users).where(eq(users.id, userId))
  return verifyPassword(user?.passwordHash ?? null, password)
}

/** Links of one kind that the user was sent and did not use lead nowhere any more. */
export async function voidLinks(
  tx: Tx,
  of: { userId: number; kind: 'password-reset' | 'email-change'; except?: number },
): Promise<void> {
  const others = of.except === undefined ? undefined : ne(mailLinks.id, of.except)
  await tx
    .delete(mailLinks)
    .where(
      and(eq(mailLinks.userId, of.userId), eq(mailLinks.kind, of.kind), isNull(mailLinks.usedAt), others),
    )
}
