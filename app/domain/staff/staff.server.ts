import { and, asc, eq, isNull, ne, sql } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { sessions, users } from '#db/schema/index.ts'
import { changeUser, type ChangeUserResult, revokeAccess } from './change-user.server.ts'
import { type StaffAccess, isSameAccess, checkCanGrant } from './staff.ts'
import { removeTwoFactor } from '#app/domain/accounts/two-factor.server.ts'

const shown = {
  id: users.id,
  name: users.name,
  email: users.email,
  role: users.role,
  permissions: users.permissions,
  hasTwoFactor: sql<boolean>`${users.totpEnabledAt} is not null`,
  disabledAt: users.disabledAt,
  createdAt: users.createdAt,
  lastSeenAt: sql<string | null>`(select max(s.last_seen_at) from ${sessions} s where s.user_id = users.id)`,
  devices: sql<number>`(select count(*)::int from ${sessions} s where s.user_id = users.id)`,
}

/** All users with access to the admin: the owner, then admins, then staff, by name. */
export async function listStaff() {
  const rows = await db
    .select(shown)
    .from(users)
    .where(ne(users.role, 'customer'))
    .orderBy(sql`array_position(array['owner', 'admin', 'staff'], ${users.role}::text)`, asc(users.name))
  return rows.map(withDates)
}

/** The number of staff members without two-factor authentication. */
export async function countStaffWithoutTwoFactor(): Promise<number> {
  return db.$count(users, and(ne(users.role, 'customer'), isNull(users.totpEnabledAt)))
}

/** A staff member; null for customers and unknown ids. */
export async function getStaffMember(id: number) {
  const [row] = await db
    .select(shown)
    .from(users)
    .where(and(eq(users.id, id), ne(users.role, 'customer')))
  return row ? withDates(row) : null
}

/** A subquery returns a timestamp as text. */
function withDates<Row extends { lastSeenAt: string | null }>(row: Row) {
  return { ...row, lastSeenAt: row.lastSeenAt === null ? null : new Date(row.lastSeenAt) }
}

/**
 * Gives a staff member another role or other permissions; their sessions end, so that they must sign in again. Does
 * nothing when nothing changes.
 */
export async function changeStaffAccess(
  input: StaffAccess & { userId: number; by: number },
): Promise<ChangeUserResult> {
  const { role, permissions } = input
  return changeUser({ ...input, among: 'staff' }, async (tx, { user, by }) => {
    const reason = checkCanGrant(by, input)
    if (reason) return { ok: false, reason }
    if (isSameAccess(user, input)) return { ok: true }
    await tx.update(users).set({ role, permissions }).where(eq(users.id, user.id))
    await revokeAccess(tx, user.id)
    return { ok: true }
  })
}

/** Makes a staff member a customer again. */
export async function removeFromStaff(input: { userId: number; by: number }): Promise<ChangeUserResult> {
  return changeUser({ ...input, among: 'staff' }, async (tx, { user }) => {
    await tx.update(users).set({ role: 'customer', permissions: [] }).where(eq(users.id, user.id))
    await revokeAccess(tx, user.id)
    return { ok: true }
  })
}

/**
 * Removes two-factor authentication whose device was lost, so that the password alone signs in until it is set up
 * again. Ends all sessions and notifies the user by email.
 */
export async function disableStaffTwoFactor(input: {
  userId: number
  by: number
}): Promise<ChangeUserResult> {
  return changeUser({ ...input, among: 'staff' }, async (tx, { user }) => {
    if (!user.totpEnabledAt) return { ok: true }
    await removeTwoFactor(tx, user)
    return { ok: true }
  })
}
