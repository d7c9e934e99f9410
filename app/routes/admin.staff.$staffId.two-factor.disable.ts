import { disableStaffTwoFactor } from '#app/domain/staff/staff.server.ts'
import { staffRefusalMessages } from '#app/domain/staff/staff.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'staff' } satisfies RouteHandle

const button = buttonAction({
  ids: ['staffId'],
  command: ({ staffId }, by) => disableStaffTwoFactor({ userId: staffId, by }),
  event: ({ staffId }) => ['user_updated', { onUserId: staffId, attribute: 'two-factor', to: 'off' }],
  page: ({ staffId }) => urls.admin.staffMember(staffId),
  done: 'Two-factor authentication is off for this account until it is set up again.',
  refusals: staffRefusalMessages,
})

export const loader = button.loader
export const action = button.action
