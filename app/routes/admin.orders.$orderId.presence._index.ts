import { joinPresence } from '#app/domain/orders/presence.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'orders' } satisfies RouteHandle

/** Reports that a tab has the order open. */
const button = buttonAction({
  ids: ['orderId'],
  command: ({ orderId }, userId) => joinPresence(orderId, userId),
  page: ({ orderId }) => urls.admin.order(orderId),
  isSilent: true,
})

export const loader = button.loader
export const action = button.action
