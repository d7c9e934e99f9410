import { eq } from 'drizzle-orm'
import { auditedTransaction } from '#db/client.ts'
import { users } from '#db/schema/index.ts'
import { isStaff } from './accounts.ts'
import { endPowersOf, lockPeople } from './change-person.server.ts'
import { lockVerifiedUser, verifyUserPassword } from './credentials.server.ts'
import { beginUserSession, endSessionsOf } from './sessions.server.ts'

export type HandOverResult =
  | { ok: true; token: string; name: string }
  | { ok: false; reason: 'wrong-password' | 'not-the-owner' | 'gone' | 'suspended' }

/**
 * Makes somebody on the staff the owner and the owner an admin, both in one transaction, for a shop has one owner.
 * Only the owner can, with their password. Everybody concerned is signed out; this browser gets a new session.
 */
export async function handOver(input: {
  userId: number
  by: number
  sessionId: number | null
  password: string
  userAgent: string
}): Promise<HandOverResult> {
  const { userId, userAgent } = input
  const verified = await verifyUserPassword(input.by, input.password)
  if (!verified) return { ok: false, reason: 'wrong-password' }
  return auditedTransaction(input.by, async (tx) => {
    const people = await lockPeople(tx, [userId, input.by])
    const heir = people.find(({ id }) => id === userId)
    const owner = people.find(({ id }) => id === input.by)
    if (!(await lockVerifiedUser(tx, verified))) return { ok: false, reason: 'wrong-password' }
    if (owner?.role !== 'owner' || owner.disabledAt) return { ok: false, reason: 'not-the-owner' }
    if (!heir || heir.id === owner.id || !isStaff(heir)) return { ok: false, reason: 'gone' }
    if (heir.disabledAt) return { ok: false, reason: 'suspended' }
    // In this order: the index users_one_owner never sees two.
    await tx.update(users).set({ role: 'admin' }).where(eq(users.id, owner.id))
    await tx.update(users).set({ role: 'owner', areas: [] }).where(eq(users.id, heir.id))
    await endPowersOf(tx, heir.id)
    const signedIn = await beginUserSession(tx, {
      userId: owner.id,
      formerSessionId: input.sessionId,
      userAgent,
    })
    await endSessionsOf(tx, owner.id, { except: signedIn!.sessionId })
    return { ok: true, token: signedIn!.token, name: heir.name }
  })
}
