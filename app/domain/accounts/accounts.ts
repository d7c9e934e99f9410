import type { Area } from './access.ts'

export type Role = 'customer' | 'staff' | 'admin' | 'owner'

export type SessionUser = {
  id: number
  email: string
  name: string
  role: Role
  /** What a staff member may use; empty for every other role. */
  areas: Area[]
  hasTwoFactor: boolean
}

export const roleText = {
  customer: 'Customer',
  staff: 'Staff',
  admin: 'Admin',
  owner: 'Owner',
} satisfies Record<Role, string>

/** Whether the role may enter the admin. */
export function isStaff(user: Pick<SessionUser, 'role'> | null): boolean {
  return user !== null && user.role !== 'customer'
}
