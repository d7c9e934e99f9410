import { returnPayment } from '#app/domain/billing/review-payment.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import { reviewRefusals } from '#app/http/forms/payment-refusals.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'orders' } satisfies RouteHandle

const button = buttonAction({
  ids: ['orderId', 'paymentId'],
  command: (ids, by) => returnPayment({ ...ids, by }),
  page: ({ orderId }) => urls.admin.order(orderId),
  done: 'Refund started.',
  refusals: reviewRefusals,
})

export const action = button.action
export const loader = button.loader
