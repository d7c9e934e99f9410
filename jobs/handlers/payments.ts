import { expireOrders } from '#app/domain/billing/expire-orders.server.ts'
import { paymentProvider } from '#app/domain/billing/payment-provider.server.ts'
import { processEvent } from '#app/domain/billing/provider-events.server.ts'
import { findMissedEvents, reconcilePayments } from '#app/domain/billing/reconcile.server.ts'
import type { JobData } from '#db/queues.ts'

export async function processProviderEvent({ eventId }: JobData['process-provider-event']): Promise<void> {
  const provider = paymentProvider()
  if (!provider) throw new Error('Stripe is not set up')
  await processEvent(eventId, provider)
}

export async function expireUnpaidOrders(): Promise<void> {
  throwFailures(await expireOrders(paymentProvider()))
}

export async function reconcile(): Promise<void> {
  const provider = paymentProvider()
  if (provider) throwFailures(await reconcilePayments(provider))
}

export async function fetchMissedEvents(): Promise<void> {
  const provider = paymentProvider()
  if (provider) await findMissedEvents(provider)
}

/** The rest was done; what failed is tried again by the next run. */
function throwFailures(failures: unknown[]): void {
  if (failures.length === 1) throw failures[0]
  if (failures.length > 1)
    throw new AggregateError(failures, `${failures.length} failed: ${String(failures[0])}`)
}
