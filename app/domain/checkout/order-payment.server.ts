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

/** The draft that an order was, when it is placed. */
export type PlacedDraft = {
  /** The staff member who places the order; null: the customer. */
  by: number | null
  /** Who created it, for the timeline. */
  detail: string
  /** Staff have received the payment. */
  isPaid: boolean
  /** The order that was already placed from it. */
  orderId: number | null
}

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

/**
 * The chosen payment method, none for an order with nothing to pay; null when the shop does not offer it. What staff
 * have received already can be of any kind.
 */
export function choosePayment(
  total: number,
  { form, draft, ...choosing }: Choosing & { form: { payment: PaymentMethodId }; draft?: PlacedDraft },
): PaymentMethodId | null {
  if (total === 0) return 'none'
  if (draft?.isPaid) return form.payment
  return offeredPayments([total], choosing).find(({ id }) => id === form.payment)?.id ?? null
}

/** When the order is canceled if it is not paid by then; undefined: it waits. */
export function payByOf(
  payment: PaymentMethodId,
  { settings: { bankTransferDays }, draft }: { settings: Settings; draft?: PlacedDraft },
): SQL | undefined {
  if (draft?.isPaid) return undefined
  if (payment === 'stripe' && !draft?.by) return attemptEnd
  if (!isPaidLater(payment) || bankTransferDays === null) return undefined
  return sql`now() + make_interval(days => ${bankTransferDays})`
}

/** An order by card that staff place is paid by a link, which waits as long as a bank transfer. */
function isPaidLater(payment: PaymentMethodId): boolean {
  return payment === 'bank-transfer' || payment === 'stripe'
}

/** The attempt of a new order, as a step of the caller's transaction; its page is created after the commit. */
export async function insertFirstAttempt(
  tx: Tx,
  { orderId, amount, settings }: { orderId: number; amount: number; settings: Settings },
): Promise<void> {
  const { currency, capturesLater } = settings
  await insertAttempt(tx, { orderId, amount, currency, isAuthorization: capturesLater })
}
