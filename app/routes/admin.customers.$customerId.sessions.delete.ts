import { staffRefusalMessages } from '#app/domain/staff/staff.ts'
import { signOutUser } from '#app/domain/staff/suspension.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'customers' } satisfies RouteHandle

const button = buttonAction({
  ids: ['customerId'],
  command: ({ customerId }, by) => signOutUser({ userId: customerId, by, among: 'customers' }),
  event: ({ customerId }) => ['session_expired', { onUserId: customerId, reason: 'ended-by-staff' }],
  page: ({ customerId }) => urls.admin.customer(customerId),
  done: 'Signed out on all devices.',
  refusals: staffRefusalMessages,
})

export const loader = button.loader
export const action = button.action
