import { type SQL, sql } from 'drizzle-orm'
import { attemptEnd, insertAttempt } from '#app/domain/billing/attempts.server.ts'
import { paymentProvider } from '#app/domain/billing/payment-provider.server.ts'
import { canBeCharged } from '#app/domain/payments/card-amounts.ts'
import {
  listPaymentMethods,
  type PaymentMethod,
  type PaymentMethodId,
} from '#app/domain/payments/payments.ts'
import type { Settings } from '#app/domain/settings/settings.server.ts'
import type { Tx } from '#db/client.ts'

type Choosing = {
  settings: Settings
  /** By default, whether a provider of card payments is set up. */
  acceptsCards?: boolean
}

/** The payment methods for a cart with these totals, one for each shipping method. */
export function offeredPayments(
  totals: number[],
  { settings, acceptsCards = paymentProvider() !== null }: Choosing,
): PaymentMethod[] {
  return listPaymentMethods(settings, acceptsCards && canBeCharged(totals, settings))
}

/** The chosen payment method, none for an order with nothing to pay; null when the shop does not offer it. */
export function choosePayment(
  total: number,
  { form, ...choosing }: Choosing & { form: { payment: PaymentMethodId } },
): PaymentMethodId | null {
  if (total === 0) return 'none'
  return offeredPayments([total], choosing).find(({ id }) => id === form.payment)?.id ?? null
}

/** When the order is canceled if it is not paid by then; undefined: it waits. */
export function payByOf(payment: PaymentMethodId, { bankTransferDays }: Settings): SQL | undefined {
  if (payment === 'stripe') return attemptEnd
  if (payment !== 'bank-transfer' || bankTransferDays === null) return undefined
  return sql`now() + make_interval(days => ${bankTransferDays})`
}

/** The attempt of a new order, as a step of the caller's transaction; its page is created after the commit. */
export async function insertFirstAttempt(
  tx: Tx,
  { orderId, amount, settings }: { orderId: number; amount: number; settings: Settings },
): Promise<void> {
  const { currency, capturesLater } = settings
  await insertAttempt(tx, { orderId, amount, currency, isAuthorization: capturesLater })
}
