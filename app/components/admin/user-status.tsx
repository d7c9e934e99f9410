import {
  type Permission,
  permissions as allPermissions,
  permissionLabels,
} from '#app/domain/access/access.ts'
import type { Role } from '#app/domain/access/roles.ts'
import { Status } from './status.tsx'

export function AccountStatus({ disabledAt }: { disabledAt: Date | null }) {
  return disabledAt ? <Status tone="bad">Suspended</Status> : <Status tone="good">Active</Status>
}

export function TwoFactorStatus({ isOn }: { isOn: boolean }) {
  return isOn ? <Status tone="good">On</Status> : <Status tone="warn">Off</Status>
}

/** The user's permissions, in the order of the sidebar. */
export function formatPermissions({ role, permissions }: { role: Role; permissions: Permission[] }): string {
  if (role !== 'staff') return 'All permissions'
  const open = allPermissions
    .filter((permission) => permissions.includes(permission))
    .map((permission) => permissionLabels[permission])
  return open.length === 0 ? 'None' : open.join(', ')
}
