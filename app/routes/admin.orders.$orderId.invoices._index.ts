import { issueInvoiceNow } from '#app/domain/invoices/invoices.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'orders' } satisfies RouteHandle

const button = buttonAction({
  ids: ['orderId'],
  command: ({ orderId }, by) => issueInvoiceNow(orderId, by),
  page: ({ orderId }) => urls.admin.order(orderId),
  done: 'Invoice issued.',
  refusals: {
    canceled: 'This order is canceled, so no invoice was issued.',
    'already-issued': 'This order has an invoice already.',
  },
})

export const loader = button.loader
export const action = button.action
