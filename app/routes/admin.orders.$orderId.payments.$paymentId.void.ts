import { voidPayment } from '#app/domain/billing/capture-payment.server.ts'
import { paymentProvider } from '#app/domain/billing/payment-provider.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import { holdRefusals } from '#app/http/forms/payment-refusals.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'orders' } satisfies RouteHandle

const button = buttonAction({
  ids: ['orderId', 'paymentId'],
  command: (ids, by) => voidPayment({ ...ids, by, provider: paymentProvider() }),
  page: ({ orderId }) => urls.admin.order(orderId),
  done: 'Payment voided.',
  refusals: holdRefusals,
})

export const action = button.action
export const loader = button.loader
