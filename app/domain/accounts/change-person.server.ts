import { asc, eq, inArray } from 'drizzle-orm'
import { auditedTransaction, type Tx } from '#db/client.ts'
import { invitations, users } from '#db/schema/index.ts'
import { isStaff } from './accounts.ts'
import { endSessionsOf } from './sessions.server.ts'
import { type Person, refusalToChange, type StaffRefusal } from './staff.ts'

export type LockedPerson = Person & {
  name: string
  email: string
  disabledAt: Date | null
  totpEnabledAt: Date | null
}

export type ChangePersonResult = { ok: true } | { ok: false; reason: StaffRefusal | 'gone' }

/**
 * Changes another person in one audited transaction. Both rows are locked in id order, as signing in locks its own,
 * and what the two may do is read under the lock: of two who take each other's rights away at once, one is late and
 * gets 'not-allowed'. `among` keeps staff out of the customers' commands and the other way round.
 */
export async function changePerson(
  input: { userId: number; by: number; among: 'staff' | 'customers' },
  work: (tx: Tx, people: { person: LockedPerson; by: LockedPerson }) => Promise<ChangePersonResult>,
): Promise<ChangePersonResult> {
  return auditedTransaction(input.by, async (tx) => {
    const people = await lockPeople(tx, [input.userId, input.by])
    const person = people.find(({ id }) => id === input.userId)
    const by = people.find(({ id }) => id === input.by)
    if (!person || isStaff(person) !== (input.among === 'staff')) return { ok: false, reason: 'gone' }
    if (!by || by.disabledAt) return { ok: false, reason: 'not-allowed' }
    const reason = refusalToChange(by, person)
    return reason ? { ok: false, reason } : work(tx, { person, by })
  })
}

/** These people as they are, in id order, and nobody signs in as one of them or changes them meanwhile. */
export async function lockPeople(tx: Tx, ids: number[]): Promise<LockedPerson[]> {
  return tx
    .select({
      id: users.id,
      role: users.role,
      areas: users.areas,
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

/** The person is signed out everywhere, and invitations that they sent are void: they may not stand for them any more. */
export async function endPowersOf(tx: Tx, userId: number): Promise<void> {
  await endSessionsOf(tx, userId)
  await tx.delete(invitations).where(eq(invitations.invitedById, userId))
}
