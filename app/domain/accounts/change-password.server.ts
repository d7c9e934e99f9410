import { sql } from 'drizzle-orm'
import { findLink, useLink } from '#app/domain/mail/mail-links.server.ts'
import { enqueueAccountMail } from '#app/domain/mail/outbox.server.ts'
import { transaction } from '#db/client.ts'
import { users } from '#db/schema/index.ts'
import { changeCredentials, lockUser, lockVerifiedUser, verifyUserPassword } from './credentials.server.ts'
import { hashPassword } from './passwords.server.ts'
import { beginUserSession } from './sessions.server.ts'

export type ResetPasswordResult = { ok: true } | { ok: false; reason: 'link-is-dead' }

/**
 * Sets a new password by the link that was sent for it. Nobody is signed in by that: all of the user's sessions
 * end, and every other link of the user is void. The link also proves the address.
 */
export async function resetPassword(input: {
  token: string
  password: string
}): Promise<ResetPasswordResult> {
  const found = await findLink('password-reset', input.token)
  if (!found?.userId) return { ok: false, reason: 'link-is-dead' }
  const { userId } = found
  const passwordHash = await hashPassword(input.password)
  return transaction(async (tx) => {
    // The user first, then the link, as every change of credentials locks them.
    const user = await lockUser(tx, userId)
    const link = user && (await useLink(tx, 'password-reset', input.token))
    if (!link || link.email !== user.email) return { ok: false, reason: 'link-is-dead' }
    const emailVerifiedAt = sql`coalesce(${users.emailVerifiedAt}, now())`
    await changeCredentials(tx, userId, { passwordHash, emailVerifiedAt })
    await enqueueAccountMail(tx, { kind: 'password-changed', to: user.email })
    return { ok: true }
  })
}

export type ChangePasswordResult = { ok: true; token: string } | { ok: false; reason: 'wrong-password' }

/**
 * Sets a new password for somebody who knows the present one. This browser gets a new session, all others end,
 * links that are still on their way are void, and a mail tells about it.
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
    await enqueueAccountMail(tx, { kind: 'password-changed', to: user.email })
    return { ok: true, token: signedIn!.token }
  })
}
