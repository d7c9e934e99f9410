import { retryRefund } from '#app/domain/billing/retry-refund.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'orders' } satisfies RouteHandle

const button = buttonAction({
  ids: ['orderId', 'transferId'],
  command: ({ orderId, transferId }, by) => retryRefund({ orderId, transferId, byHand: true, by }),
  page: ({ orderId }) => urls.admin.order(orderId),
  done: 'Refund recorded as sent.',
  refusals: { 'not-failed': 'This refund did not fail, or it was refunded otherwise. Nothing was changed.' },
})

export const loader = button.loader
export const action = button.action
