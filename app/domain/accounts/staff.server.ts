import { and, asc, eq, isNull, ne, sql } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { sessions, users } from '#db/schema/index.ts'
import { changePerson, type ChangePersonResult, endPowersOf } from './change-person.server.ts'
import { type Appointment, isSameAppointment, refusalToAppoint } from './staff.ts'
import { removeTwoFactor } from './two-factor.server.ts'

const shown = {
  id: users.id,
  name: users.name,
  email: users.email,
  role: users.role,
  areas: users.areas,
  hasTwoFactor: sql<boolean>`${users.totpEnabledAt} is not null`,
  disabledAt: users.disabledAt,
  createdAt: users.createdAt,
  lastSeenAt: sql<string | null>`(select max(s.last_seen_at) from ${sessions} s where s.user_id = users.id)`,
  devices: sql<number>`(select count(*)::int from ${sessions} s where s.user_id = users.id)`,
}

/** Everybody who may enter the admin: the owner, then admins, then staff, by name. */
export async function listStaff() {
  const rows = await db
    .select(shown)
    .from(users)
    .where(ne(users.role, 'customer'))
    .orderBy(sql`array_position(array['owner', 'admin', 'staff'], ${users.role}::text)`, asc(users.name))
  return rows.map(withDates)
}

/** How many who may enter the admin have no second factor. */
export async function countStaffWithoutTwoFactor(): Promise<number> {
  return db.$count(users, and(ne(users.role, 'customer'), isNull(users.totpEnabledAt)))
}

/** Somebody on the staff; null for customers and for ids that nobody has. */
export async function getStaffMember(id: number) {
  const [row] = await db
    .select(shown)
    .from(users)
    .where(and(eq(users.id, id), ne(users.role, 'customer')))
  return row ? withDates(row) : null
}

/** A subquery's moment arrives as text. */
function withDates<Row extends { lastSeenAt: string | null }>(row: Row) {
  return { ...row, lastSeenAt: row.lastSeenAt === null ? null : new Date(row.lastSeenAt) }
}

/**
 * Gives a staff member another role or other areas; their sessions end, so that the next page they open asks who they
 * are. Nothing happens when it is the same as before.
 */
export async function changeAppointment(
  input: Appointment & { userId: number; by: number },
): Promise<ChangePersonResult> {
  const { role, areas } = input
  return changePerson({ ...input, among: 'staff' }, async (tx, { person, by }) => {
    const reason = refusalToAppoint(by, input)
    if (reason) return { ok: false, reason }
    if (isSameAppointment(person, input)) return { ok: true }
    await tx.update(users).set({ role, areas }).where(eq(users.id, person.id))
    await endPowersOf(tx, person.id)
    return { ok: true }
  })
}

/** Makes a staff member a customer again. */
export async function removeFromStaff(input: { userId: number; by: number }): Promise<ChangePersonResult> {
  return changePerson({ ...input, among: 'staff' }, async (tx, { person }) => {
    await tx.update(users).set({ role: 'customer', areas: [] }).where(eq(users.id, person.id))
    await endPowersOf(tx, person.id)
    return { ok: true }
  })
}

/**
 * Takes a lost second factor away, so that the password alone opens the account until a new one is set up. Sessions
 * end, and a mail tells the person.
 */
export async function removeLostTwoFactor(input: {
  userId: number
  by: number
}): Promise<ChangePersonResult> {
  return changePerson({ ...input, among: 'staff' }, async (tx, { person }) => {
    if (!person.totpEnabledAt) return { ok: true }
    await removeTwoFactor(tx, person)
    return { ok: true }
  })
}
