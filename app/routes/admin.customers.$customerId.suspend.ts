import { staffRefusalMessages } from '#app/domain/staff/staff.ts'
import { suspendUser } from '#app/domain/staff/suspension.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'customers' } satisfies RouteHandle

const button = buttonAction({
  ids: ['customerId'],
  command: ({ customerId }, by) => suspendUser({ userId: customerId, by, among: 'customers' }),
  event: ({ customerId }) => ['user_updated', { onUserId: customerId, attribute: 'suspended', to: 'yes' }],
  page: ({ customerId }) => urls.admin.customer(customerId),
  done: 'Suspended and signed out on all devices.',
  refusals: staffRefusalMessages,
})

export const loader = button.loader
export const action = button.action
