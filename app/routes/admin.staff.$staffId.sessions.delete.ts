import { staffRefusalMessages } from '#app/domain/staff/staff.ts'
import { signOutUser } from '#app/domain/staff/suspension.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'staff' } satisfies RouteHandle

const button = buttonAction({
  ids: ['staffId'],
  command: ({ staffId }, by) => signOutUser({ userId: staffId, by, among: 'staff' }),
  event: ({ staffId }) => ['session_expired', { onUserId: staffId, reason: 'ended-by-staff' }],
  page: ({ staffId }) => urls.admin.staffMember(staffId),
  done: 'Signed out on all devices.',
  refusals: staffRefusalMessages,
})

export const loader = button.loader
export const action = button.action
