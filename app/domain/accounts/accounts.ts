export type Role = 'customer' | 'staff' | 'admin' | 'owner'

export type SessionUser = { id: number; email: string; name: string; role: Role }

/** Whether the role may enter the admin. */
export function isStaff(user: SessionUser | null): user is SessionUser {
  return user !== null && user.role !== 'customer'
}
