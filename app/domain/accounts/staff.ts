import { type Area, areas, mayUse, type Rights } from './access.ts'
import type { SessionUser } from './accounts.ts'

export type Person = Pick<SessionUser, 'id' | 'role' | 'areas'>

/** What somebody on the staff can be appointed to; there is one owner, and ownership is handed over. */
export type Appointment = { role: 'staff' | 'admin'; areas: Area[] }

export type StaffRefusal = 'yourself' | 'the-owner' | 'only-the-owner' | 'beyond-you' | 'not-allowed'

/**
 * Why one person may not change another; null when they may. Nobody changes themselves or the owner, only the owner
 * changes admins, and staff change only those who may use no more than they do.
 */
export function refusalToChange(by: Person, person: Person): StaffRefusal | null {
  if (by.id === person.id) return 'yourself'
  if (person.role === 'owner') return 'the-owner'
  if (person.role === 'customer') return mayUse(by, 'customers') ? null : 'not-allowed'
  return refusalToAppoint(by, { role: person.role, areas: person.areas })
}

/** Why somebody may not make another person this, or unmake them; null when they may. */
export function refusalToAppoint(by: Rights, appointment: Appointment): StaffRefusal | null {
  if (!mayUse(by, 'staff')) return 'not-allowed'
  if (appointment.role === 'admin') return by.role === 'owner' ? null : 'only-the-owner'
  return appointment.areas.every((area) => mayUse(by, area)) ? null : 'beyond-you'
}

/** The areas that somebody can let others into. */
export function grantableAreas(by: Rights): Area[] {
  return mayUse(by, 'staff') ? areas.filter((area) => mayUse(by, area)) : []
}

export function isSameAppointment(a: Rights, b: Rights): boolean {
  return (
    a.role === b.role && a.areas.length === b.areas.length && a.areas.every((one) => b.areas.includes(one))
  )
}

export const staffRefusalText = {
  yourself: 'Nobody changes their own rights.',
  'the-owner': 'The owner cannot be changed. The owner alone can hand the shop over.',
  'only-the-owner': 'Only the owner makes admins, changes them or takes the role from them.',
  'beyond-you': 'This includes areas that are not open to you, so somebody else has to do it.',
  'not-allowed': 'You may not do this any more. Nothing was changed.',
} satisfies Record<StaffRefusal, string>
