import { eq } from 'drizzle-orm'
import { auditedTransaction } from '#db/client.ts'
import { users } from '#db/schema/index.ts'
import { isStaff } from '#app/domain/access/roles.ts'
import { revokeAccess, lockUsers } from './change-user.server.ts'
import { lockVerifiedUser, verifyUserPassword } from '#app/domain/accounts/credentials.server.ts'
import { endUserSessions } from '#app/domain/accounts/sessions.server.ts'
import { beginUserSession } from '#app/domain/accounts/user-session.server.ts'

export type TransferOwnershipResult =
  | { ok: true; token: string; name: string }
  | { ok: false; reason: 'wrong-password' | 'not-the-owner' | 'not-found' | 'suspended' }

/**
 * Makes a staff member the owner and the owner an admin, in one transaction, because a shop has one owner. Only the
 * owner can do this, with their password. Both are signed out; this browser gets a new session.
 */
export async function transferOwnership(input: {
  userId: number
  by: number
  sessionId: number | null
  password: string
  userAgent: string
}): Promise<TransferOwnershipResult> {
  const { userId, userAgent } = input
  const verified = await verifyUserPassword(input.by, input.password)
  if (!verified) return { ok: false, reason: 'wrong-password' }
  return auditedTransaction(input.by, async (tx) => {
    const locked = await lockUsers(tx, [userId, input.by])
    const newOwner = locked.find(({ id }) => id === userId)
    const owner = locked.find(({ id }) => id === input.by)
    if (!(await lockVerifiedUser(tx, verified))) return { ok: false, reason: 'wrong-password' }
    if (owner?.role !== 'owner' || owner.disabledAt) return { ok: false, reason: 'not-the-owner' }
    if (!newOwner || newOwner.id === owner.id || !isStaff(newOwner)) return { ok: false, reason: 'not-found' }
    if (newOwner.disabledAt) return { ok: false, reason: 'suspended' }
    // In this order, or the unique index users_one_owner would be violated.
    await tx.update(users).set({ role: 'admin' }).where(eq(users.id, owner.id))
    await tx.update(users).set({ role: 'owner', permissions: [] }).where(eq(users.id, newOwner.id))
    await revokeAccess(tx, newOwner.id)
    const signedIn = await beginUserSession(tx, {
      userId: owner.id,
      formerSessionId: input.sessionId,
      userAgent,
    })
    await endUserSessions(tx, owner.id, { except: signedIn!.sessionId })
    return { ok: true, token: signedIn!.token, name: newOwner.name }
  })
}
