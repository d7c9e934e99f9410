import { issueInvoiceWhenShipped } from '#app/domain/invoices/issue-invoice.server.ts'
import {
  createFulfillment,
  type CreateFulfillmentResult,
} from '#app/domain/orders/create-fulfillment.server.ts'
import type { FulfillmentInput } from '#app/domain/orders/orders.schema.ts'

/** Records a shipment; with the last one of an order for cash on delivery, its invoice is issued. */
export function fulfillOrder(
  input: FulfillmentInput & { orderId: number; by: number },
): Promise<CreateFulfillmentResult> {
  return createFulfillment(input, (tx) => issueInvoiceWhenShipped(tx, input.orderId, input.by))
}
