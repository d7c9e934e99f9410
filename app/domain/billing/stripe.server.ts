import type { PaymentProvider } from './provider.ts'
import { createConnection, type StripeSettings } from './stripe-connection.server.ts'
import { eventCalls } from './stripe-events.server.ts'
import { paymentCalls, refundCalls } from './stripe-payments.server.ts'
import { sessionCalls } from './stripe-sessions.server.ts'

/**
 * Stripe Checkout behind the port of the shop. Idempotency keys come from rows of ours, so that a call that is repeated
 * after a crash or a time-out has one effect; Stripe remembers them for a day.
 */
export function createStripeProvider(settings: StripeSettings): PaymentProvider {
  const connection = createConnection(settings)
  return {
    ...sessionCalls(connection),
    ...paymentCalls(connection),
    ...refundCalls(connection),
    ...eventCalls(connection, settings.webhookSecrets),
  }
}
