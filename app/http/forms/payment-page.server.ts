import { paymentProvider } from '#app/domain/billing/payment-provider.server.ts'
import { openPaymentPage } from '#app/domain/billing/start-payment.server.ts'

/** Where an order that was just placed is paid by card; without it the order's page offers to try again. */
export async function paymentPageOf(orderId: number): Promise<string | null> {
  const provider = paymentProvider()
  return provider && openPaymentPage(orderId, provider)
}
