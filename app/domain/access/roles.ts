import type { Permission } from './access.ts'

export type Role = 'customer' | 'staff' | 'admin' | 'owner'

export type SessionUser = {
  id: number
  email: string
  name: string
  role: Role
  /** A staff member's permissions; empty for every other role. */
  permissions: Permission[]
  hasTwoFactor: boolean
}

export const roleLabels = {
  customer: 'Customer',
  staff: 'Staff',
  admin: 'Admin',
  owner: 'Owner',
} satisfies Record<Role, string>

/** Whether the role has access to the admin. */
export function isStaff(user: Pick<SessionUser, 'role'> | null): boolean {
  return user !== null && user.role !== 'customer'
}
