import { markDelivered } from '#app/domain/orders/shipments.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'orders' } satisfies RouteHandle

const button = buttonAction({
  ids: ['orderId', 'fulfillmentId'],
  command: ({ orderId, fulfillmentId }, by) => markDelivered({ orderId, fulfillmentId, by }),
  page: ({ orderId }) => urls.admin.order(orderId),
  done: 'Marked as delivered.',
  refusals: {
    'already-canceled': 'This shipment is canceled, so it was not marked as delivered.',
    'already-delivered': 'This shipment was marked as delivered already.',
  },
})

export const loader = button.loader
export const action = button.action
