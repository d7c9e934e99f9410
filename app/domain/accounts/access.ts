import type { staffArea } from '#db/schema/accounts.ts'
import { isStaff, type SessionUser } from './accounts.ts'

/** As much of somebody as decides what they may do. */
export type Rights = Pick<SessionUser, 'role' | 'areas'>

/** The parts of the admin that a staff member may be let into. */
export type Area = (typeof staffArea.enumValues)[number]

export const areas = [
  'orders',
  'catalogue',
  'reviews',
  'promotions',
  'customers',
  'settings',
  'staff',
] as const satisfies Area[]

export const areaText = {
  orders: 'Orders',
  catalogue: 'Catalogue',
  reviews: 'Reviews',
  promotions: 'Promotions',
  customers: 'Customers',
  settings: 'Settings',
  staff: 'Staff',
} satisfies Record<Area, string>

/** Who may use a route: everyone, anybody signed in, anybody on the staff, or those let into one area. */
export type Access = 'everyone' | 'signed-in' | 'any-staff' | Area

/** Whether the person may; admins and the owner may use every area. Only the session knows who it is. */
export function mayUse(user: Rights | null, access: Access): boolean {
  if (access === 'everyone') return true
  if (user === null) return false
  if (access === 'signed-in') return true
  if (!isStaff(user)) return false
  return access === 'any-staff' || user.role !== 'staff' || user.areas.includes(access)
}

/** The body of a 403 for somebody without the access, by which the error page knows it from a form gone stale. */
export const noAccess = 'No access'
