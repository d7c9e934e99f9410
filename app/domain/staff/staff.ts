import { type Permission, permissions, can, type Rights } from '#app/domain/access/access.ts'
import type { SessionUser } from '#app/domain/access/roles.ts'

export type StaffUser = Pick<SessionUser, 'id' | 'role' | 'permissions'>

/** The access that a staff member can be granted; there is one owner, and ownership is transferred. */
export type StaffAccess = { role: 'staff' | 'admin'; permissions: Permission[] }

export type StaffRefusal = 'yourself' | 'the-owner' | 'only-the-owner' | 'missing-permission' | 'not-allowed'

/**
 * Why one user may not change another; null when they may. Users cannot change themselves or the owner, only the owner
 * changes admins, and staff change only users who have no more permissions than they do.
 */
export function checkCanChange(by: StaffUser, user: StaffUser): StaffRefusal | null {
  if (by.id === user.id) return 'yourself'
  if (user.role === 'owner') return 'the-owner'
  if (user.role === 'customer') return can(by, 'customers') ? null : 'not-allowed'
  return checkCanGrant(by, { role: user.role, permissions: user.permissions })
}

/** Why a user may not grant or revoke this access; null when they may. */
export function checkCanGrant(by: Rights, access: StaffAccess): StaffRefusal | null {
  if (!can(by, 'staff')) return 'not-allowed'
  if (access.role === 'admin') return by.role === 'owner' ? null : 'only-the-owner'
  return access.permissions.every((permission) => can(by, permission)) ? null : 'missing-permission'
}

/** The permissions that a user can grant. */
export function grantablePermissions(by: Rights): Permission[] {
  return can(by, 'staff') ? permissions.filter((permission) => can(by, permission)) : []
}

export function isSameAccess(a: Rights, b: Rights): boolean {
  return (
    a.role === b.role &&
    a.permissions.length === b.permissions.length &&
    a.permissions.every((one) => b.permissions.includes(one))
  )
}

export const staffRefusalMessages = {
  yourself: 'You can’t change your own permissions.',
  'the-owner': 'You can’t change the owner’s access. Only the owner can transfer ownership.',
  'only-the-owner': 'Only the owner can create, change or remove admins.',
  'missing-permission': 'This includes permissions you don’t have. Ask someone who has them.',
  'not-allowed': 'You no longer have permission to do this. Nothing was changed.',
} satisfies Record<StaffRefusal, string>
