import { staffRefusalMessages } from '#app/domain/staff/staff.ts'
import { unsuspendUser } from '#app/domain/staff/suspension.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'staff' } satisfies RouteHandle

const button = buttonAction({
  ids: ['staffId'],
  command: ({ staffId }, by) => unsuspendUser({ userId: staffId, by, among: 'staff' }),
  event: ({ staffId }) => ['user_updated', { onUserId: staffId, attribute: 'suspended', to: 'no' }],
  page: ({ staffId }) => urls.admin.staffMember(staffId),
  done: 'Unsuspended.',
  refusals: staffRefusalMessages,
})

export const loader = button.loader
export const action = button.action
