import { findUnfinishedAttempt } from './attempts.server.ts'
import { endAttempt } from './expire-orders.server.ts'
import { paymentProvider } from './payment-provider.server.ts'

/**
 * Ends the payment page of an order that is to be canceled, and applies a payment that was made on it. When the provider
 * does not answer, the order can be canceled all the same: the jobs refund a payment that arrives later.
 */
export async function endPaymentPage(orderId: number, provider = paymentProvider()): Promise<void> {
  const attempt = provider && (await findUnfinishedAttempt(orderId))
  if (attempt) await endAttempt(attempt, provider).catch(() => undefined)
}
