import { and, eq } from 'drizzle-orm'
import { amountDue } from '#app/domain/orders/order-states.ts'
import { db } from '#db/client.ts'
import { orders, payments } from '#db/schema/index.ts'
import { applyPayment } from './apply-payment.server.ts'
import { type PaymentProvider, ProviderRefusal } from './provider.ts'

export type HoldResult =
  { ok: true } | { ok: false; reason: 'not-found' | 'not-held' | 'refused' | 'no-provider' }

type Held = { orderId: number; paymentId: number; by: number; provider: PaymentProvider | null }

/** Captures what the order still costs of an authorized payment; the rest of the hold is released. */
export async function capturePayment(held: Held): Promise<HoldResult> {
  return changeHold(held, async (provider, { order, providerId, amount }) => {
    const due = Math.min(amountDue(order), amount)
    return due === 0 ? provider.release(providerId) : provider.capture(providerId, due)
  })
}

/** Releases an authorized payment: the customer is not charged. */
export async function voidPayment(held: Held): Promise<HoldResult> {
  return changeHold(held, (provider, { providerId }) => provider.release(providerId))
}

type Hold = { order: typeof orders.$inferSelect; providerId: string; amount: number }

/** Pressed twice, the provider does it once; its answer is applied like its message. */
async function changeHold(
  { orderId, paymentId, by, provider }: Held,
  ask: (provider: PaymentProvider, hold: Hold) => ReturnType<PaymentProvider['release']>,
): Promise<HoldResult> {
  const [row] = await db
    .select({ order: orders, payment: payments })
    .from(payments)
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .where(and(eq(payments.id, paymentId), eq(payments.orderId, orderId)))
  if (!row || row.payment.providerId === null) return { ok: false, reason: 'not-found' }
  if (row.payment.status !== 'authorized') return { ok: false, reason: 'not-held' }
  if (!provider) return { ok: false, reason: 'no-provider' }
  const { providerId, amount } = row.payment
  try {
    await applyPayment(await ask(provider, { order: row.order, providerId, amount }), by)
  } catch (error) {
    if (!(error instanceof ProviderRefusal)) throw error
    // Ended at the provider meanwhile, for example after seven days: show what it is now.
    await applyPayment(await provider.retrievePayment(providerId))
    return { ok: false, reason: 'refused' }
  }
  return { ok: true }
}
