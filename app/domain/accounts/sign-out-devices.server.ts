import { and, eq } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { sessions } from '#db/schema/index.ts'
import { knowsPassword } from './change-password.server.ts'
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
  if (!(await knowsPassword(userId, input.password))) return { ok: false, reason: 'wrong-password' }
  await db.delete(sessions).where(and(eq(sessions.id, sessionId), eq(sessions.userId, userId)))
  return { ok: true }
}

/** Ends all of the user's sessions but this browser's; asks for the password too. */
export async function signOutOtherDevices(input: {
  userId: number
  /** The session of this browser. */
  sessionId: number
  password: string
}): Promise<SignOutDevicesResult> {
  if (!(await knowsPassword(input.userId, input.password))) return { ok: false, reason: 'wrong-password' }
  await endSessionsOf(db, input.userId, { except: input.sessionId })
  return { ok: true }
}
