import { type Area, areas as allAreas, areaText } from '#app/domain/accounts/access.ts'
import type { Role } from '#app/domain/accounts/accounts.ts'
import { Status } from './status.tsx'

export function AccountStatus({ disabledAt }: { disabledAt: Date | null }) {
  return disabledAt ? <Status tone="bad">Suspended</Status> : <Status tone="good">Active</Status>
}

export function TwoFactorStatus({ isOn }: { isOn: boolean }) {
  return isOn ? <Status tone="good">On</Status> : <Status tone="warn">Off</Status>
}

/** The areas that are open to somebody, in the order of the side bar. */
export function areasInWords({ role, areas }: { role: Role; areas: Area[] }): string {
  if (role !== 'staff') return 'All areas'
  const open = allAreas.filter((area) => areas.includes(area)).map((area) => areaText[area])
  return open.length === 0 ? 'None yet' : open.join(', ')
}
