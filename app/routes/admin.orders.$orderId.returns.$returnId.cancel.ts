import { cancelReturn } from '#app/domain/returns/change-return.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'orders' } satisfies RouteHandle

const button = buttonAction({
  ids: ['orderId', 'returnId'],
  command: ({ orderId, returnId }, by) => cancelReturn({ orderId, returnId, by }),
  page: ({ orderId }) => urls.admin.order(orderId),
  done: 'Return canceled.',
  refusals: {
    stale: 'Someone else changed this return. Nothing was changed.',
    'not-possible': 'This return has arrived or is closed, so it was not canceled.',
  },
})

export const loader = button.loader
export const action = button.action
