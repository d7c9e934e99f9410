import { revokeInvitation } from '#app/domain/staff/invitations.server.ts'
import { staffRefusalMessages } from '#app/domain/staff/staff.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'staff' } satisfies RouteHandle

const button = buttonAction({
  ids: ['invitationId'],
  command: ({ invitationId }, by) => revokeInvitation({ id: invitationId, by }),
  page: () => urls.admin.staff(),
  done: ({ email }) => ({ kind: 'success', text: `The invitation for ${email} was revoked.` }),
  refusals: {
    ...staffRefusalMessages,
    'not-found': 'This invitation was already accepted or revoked.',
  },
})

export const loader = button.loader
export const action = button.action
