import { asc, eq, inArray } from 'drizzle-orm'
import { auditedTransaction, type Tx } from '#db/client.ts'
import { invitations, users } from '#db/schema/index.ts'
import { isStaff } from '#app/domain/access/roles.ts'
import { endUserSessions } from '#app/domain/accounts/sessions.server.ts'
import { type StaffUser, checkCanChange, type StaffRefusal } from './staff.ts'

export type LockedUser = StaffUser & {
  name: string
  email: string
  disabledAt: Date | null
  totpEnabledAt: Date | null
}

export type ChangeUserResult = { ok: true } | { ok: false; reason: StaffRefusal | 'not-found' }

/**
 * Changes another user in one audited transaction. Locks both rows in id order, as sign-in locks its own, and reads
 * both users' permissions under the lock: of two users who revoke each other's permissions at once, the later one gets
 * 'not-allowed'. `among` keeps staff out of the customers' commands and the other way round.
 */
export async function changeUser(
  input: { userId: number; by: number; among: 'staff' | 'customers' },
  work: (tx: Tx, locked: { user: LockedUser; by: LockedUser }) => Promise<ChangeUserResult>,
): Promise<ChangeUserResult> {
  return auditedTransaction(input.by, async (tx) => {
    const locked = await lockUsers(tx, [input.userId, input.by])
    const user = locked.find(({ id }) => id === input.userId)
    const by = locked.find(({ id }) => id === input.by)
    if (!user || isStaff(user) !== (input.among === 'staff')) return { ok: false, reason: 'not-found' }
    if (!by || by.disabledAt) return { ok: false, reason: 'not-allowed' }
    const reason = checkCanChange(by, user)
    return reason ? { ok: false, reason } : work(tx, { user, by })
  })
}

/**
 * Locks these users and returns them in id order; nobody signs in as one of them or changes them until the transaction
 * ends.
 */
export async function lockUsers(tx: Tx, ids: number[]): Promise<LockedUser[]> {
  return tx
    .select({
      id: users.id,
      role: users.role,
      permissions: users.permissions,
      name: users.name,
      email: users.email,
      disabledAt: users.disabledAt,
      totpEnabledAt: users.totpEnabledAt,
    })
    .from(users)
    .where(inArray(users.id, ids))
    .orderBy(asc(users.id))
    .for('update')
}

/**
 * Ends all of the user's sessions and voids the invitations that they sent, because they may no longer grant those
 * permissions.
 */
export async function revokeAccess(tx: Tx, userId: number): Promise<void> {
  await endUserSessions(tx, userId)
  await tx.delete(invitations).where(eq(invitations.invitedById, userId))
}
