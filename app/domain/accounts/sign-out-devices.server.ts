import { and, eq } from 'drizzle-orm'
import { transaction } from '#db/client.ts'
import { sessions } from '#db/schema/index.ts'
import { lockVerifiedUser, verifyUserPassword } from './credentials.server.ts'
import { endUserSessions } from './sessions.server.ts'

export type SignOutDevicesResult = { ok: true } | { ok: false; reason: 'wrong-password' }

/**
 * Ends one of the user's own sessions. Asks for the password, so that someone who finds an open session cannot lock its
 * owner out (OWASP ASVS 5.0, 7.5.2). Ignores sessions that have ended or belong to another user.
 */
export async function signOutDevice(input: {
  userId: number
  sessionId: number
  password: string
}): Promise<SignOutDevicesResult> {
  const { userId, sessionId } = input
  const verified = await verifyUserPassword(userId, input.password)
  if (!verified) return { ok: false, reason: 'wrong-password' }
  return transaction(async (tx) => {
    if (!(await lockVerifiedUser(tx, verified))) return { ok: false, reason: 'wrong-password' }
    await tx.delete(sessions).where(and(eq(sessions.id, sessionId), eq(sessions.userId, userId)))
    return { ok: true }
  })
}

/** Ends all of the user's sessions except this browser's; asks for the password too. */
export async function signOutOtherDevices(input: {
  userId: number
  /** This browser's session. */
  sessionId: number
  password: string
}): Promise<SignOutDevicesResult> {
  const { userId, sessionId } = input
  const verified = await verifyUserPassword(userId, input.password)
  if (!verified) return { ok: false, reason: 'wrong-password' }
  return transaction(async (tx) => {
    if (!(await lockVerifiedUser(tx, verified))) return { ok: false, reason: 'wrong-password' }
    await endUserSessions(tx, userId, { except: sessionId })
    return { ok: true }
  })
}
