import { and, eq } from 'drizzle-orm'
import { transaction } from '#db/client.ts'
import { sessions } from '#db/schema/index.ts'
import { lockVerifiedUser, verifyUserPassword } from './credentials.server.ts'
import { endSessionsOf } from './sessions.server.ts'

export type SignOutDevicesResult = { ok: true } | { ok: false; reason: 'wrong-password' }

/**
 * Ends one of the user's own sessions. Asks for the password, so that whoever finds a session open cannot shut its
 * owner out with it (OWASP ASVS 5.0, 7.5.2). A session that has ended already, or is somebody else's, is left alone.
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

/** Ends all of the user's sessions but this browser's; asks for the password too. */
export async function signOutOtherDevices(input: {
  userId: number
  /** The session of this browser. */
  sessionId: number
  password: string
}): Promise<SignOutDevicesResult> {
  const { userId, sessionId } = input
  const verified = await verifyUserPassword(userId, input.password)
  if (!verified) return { ok: false, reason: 'wrong-password' }
  return transaction(async (tx) => {
    if (!(await lockVerifiedUser(tx, verified))) return { ok: false, reason: 'wrong-password' }
    await endSessionsOf(tx, userId, { except: sessionId })
    return { ok: true }
  })
}
