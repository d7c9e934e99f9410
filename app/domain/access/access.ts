import type { staffPermission } from '#db/schema/accounts.ts'
import { isStaff, type SessionUser } from './roles.ts'

/** The user fields that decide what a user may do. */
export type Rights = Pick<SessionUser, 'role' | 'permissions'>

/** The permissions that a staff member can be granted. */
export type Permission = (typeof staffPermission.enumValues)[number]

export const permissions = [
  'orders',
  'catalog',
  'reviews',
  'promotions',
  'customers',
  'settings',
  'staff',
] as const satisfies Permission[]

export const permissionLabels = {
  orders: 'Orders',
  catalog: 'Catalog',
  reviews: 'Reviews',
  promotions: 'Promotions',
  customers: 'Customers',
  settings: 'Settings',
  staff: 'Staff',
} satisfies Record<Permission, string>

/** Who may use a route: everyone, any signed-in user, any staff member, or staff with one permission. */
export type Access = 'everyone' | 'signed-in' | 'any-staff' | Permission

/** Whether the user has access; admins and the owner have every permission. Null stands for no signed-in user. */
export function can(user: Rights | null, access: Access): boolean {
  if (access === 'everyone') return true
  if (user === null) return false
  if (access === 'signed-in') return true
  if (!isStaff(user)) return false
  return access === 'any-staff' || user.role !== 'staff' || user.permissions.includes(access)
}

/** Body of a 403 for a user without access. The error page tells it from an expired form by this text. */
export const noAccessMessage = 'No access'
