import { sql } from 'drizzle-orm'
import { findLink, consumeLink } from '#app/domain/mail/email-links.server.ts'
import { enqueueAccountEmail } from '#app/domain/mail/outbox.server.ts'
import { transaction } from '#db/client.ts'
import { users } from '#db/schema/index.ts'
import { changeCredentials, lockUser, lockVerifiedUser, verifyUserPassword } from './credentials.server.ts'
import { hashPassword } from './passwords.server.ts'
import { beginUserSession } from './user-session.server.ts'

export type ResetPasswordResult = { ok: true } | { ok: false; reason: 'link-invalid' }

/**
 * Sets a new password with the link that was sent for it. Does not sign in: ends all of the user's sessions and voids
 * all other links of the user. The link also verifies the address.
 */
export async function resetPassword(input: {
  token: string
  password: string
}): Promise<ResetPasswordResult> {
  const found = await findLink('password-reset', input.token)
  if (!found?.userId) return { ok: false, reason: 'link-invalid' }
  const { userId } = found
  const passwordHash = await hashPassword(input.password)
  return transaction(async (tx) => {
    // Locks the user first, then the link, like every change of credentials.
    const user = await lockUser(tx, userId)
    const link = user && (await consumeLink(tx, 'password-reset', input.token))
    if (!link || link.email !== user.email) return { ok: false, reason: 'link-invalid' }
    const emailVerifiedAt = sql`coalesce(${users.emailVerifiedAt}, now())`
    await changeCredentials(tx, userId, { passwordHash, emailVerifiedAt })
    await enqueueAccountEmail(tx, { kind: 'password-changed', to: user.email })
    return { ok: true }
  })
}

export type ChangePasswordResult = { ok: true; token: string } | { ok: false; reason: 'wrong-password' }

/**
 * Sets a new password for a user who knows the current one. This browser gets a new session, all others end, unused
 * links become void, and an email reports the change.
 */
export async function changePassword(input: {
  userId: number
  sessionId: number
  current: string
  password: string
  userAgent: string
}): Promise<ChangePasswordResult> {
  const { userId } = input
  const verified = await verifyUserPassword(userId, input.current)
  if (!verified) return { ok: false, reason: 'wrong-password' }
  const passwordHash = await hashPassword(input.password)
  return transaction(async (tx) => {
    const user = await lockVerifiedUser(tx, verified)
    if (!user) return { ok: false, reason: 'wrong-password' }
    await changeCredentials(tx, userId, { passwordHash })
    const signedIn = await beginUserSession(tx, { ...input, formerSessionId: input.sessionId })
    await enqueueAccountEmail(tx, { kind: 'password-changed', to: user.email })
    return { ok: true, token: signedIn!.token }
  })
}
