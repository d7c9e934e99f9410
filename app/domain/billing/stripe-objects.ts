import type { Stripe } from 'stripe'
import type {
  ProviderDispute,
  ProviderEvent,
  ProviderPayment,
  ProviderRefund,
  ProviderSession,
} from './provider.ts'

/** Objects of Stripe as the shop's port describes them. */

/** Minor units of the shop for an amount of Stripe. */
type ToAmount = (amount: number, currency: string) => number

export function toSession(session: Stripe.Checkout.Session, toAmount: ToAmount): ProviderSession {
  const intent = typeof session.payment_intent === 'object' ? session.payment_intent : null
  return {
    id: session.id,
    url: session.url,
    attemptKey: session.metadata?.till_attempt ?? null,
    status: sessionStatuses.find((status) => status === session.status) ?? 'open',
    payment: session.status === 'complete' && intent ? toPayment(intent, toAmount) : null,
  }
}

const sessionStatuses = ['complete', 'expired'] as const

const paymentStatuses: Partial<Record<Stripe.PaymentIntent.Status, ProviderPayment['status']>> = {
  succeeded: 'received',
  requires_capture: 'authorized',
  processing: 'processing',
  canceled: 'released',
}

export function toPayment(intent: Stripe.PaymentIntent, toAmount: ToAmount): ProviderPayment {
  const status =
    paymentStatuses[intent.status] ??
    (intent.last_payment_error ? ('failed' as const) : ('incomplete' as const))
  const amounts = {
    received: intent.amount_received,
    authorized: intent.amount_capturable,
  } as Partial<Record<ProviderPayment['status'], number>>
  return {
    id: intent.id,
    attemptKey: intent.metadata.till_attempt ?? null,
    status,
    amount: toAmount(amounts[status] ?? intent.amount, intent.currency),
    currency: intent.currency.toUpperCase(),
    failure: intent.last_payment_error?.message ?? '',
  }
}

export function toRefund(refund: Stripe.Refund, toAmount: ToAmount): ProviderRefund {
  const transfer = Number(refund.metadata?.till_transfer)
  return {
    id: refund.id,
    transferId: Number.isSafeInteger(transfer) && transfer > 0 ? transfer : null,
    paymentId: idOf(refund.payment_intent),
    status: refund.status === 'succeeded' ? 'done' : isFailed(refund) ? 'failed' : 'pending',
    amount: toAmount(refund.amount, refund.currency),
    failure: refund.failure_reason ?? '',
  }
}

function isFailed({ status }: Stripe.Refund): boolean {
  return status === 'failed' || status === 'canceled'
}

export function toDispute(dispute: Stripe.Dispute, toAmount: ToAmount): ProviderDispute {
  const isWon =
    dispute.status === 'won' || dispute.status === 'warning_closed' || dispute.status === 'prevented'
  return {
    id: dispute.id,
    paymentId: idOf(dispute.payment_intent),
    status: isWon ? 'won' : dispute.status === 'lost' ? 'lost' : 'open',
    amount: toAmount(dispute.amount, dispute.currency),
  }
}

function idOf(reference: string | { id: string } | null): string {
  return typeof reference === 'string' ? reference : (reference?.id ?? '')
}

const objects = {
  'checkout.session.completed': 'session',
  'checkout.session.async_payment_succeeded': 'session',
  'checkout.session.async_payment_failed': 'session',
  'checkout.session.expired': 'session',
  'payment_intent.amount_capturable_updated': 'payment',
  'payment_intent.canceled': 'payment',
  'charge.refunded': 'refunds-of-payment',
  'refund.created': 'refund',
  'refund.updated': 'refund',
  'refund.failed': 'refund',
  'charge.dispute.created': 'dispute',
  'charge.dispute.closed': 'dispute',
} satisfies Record<string, ProviderEvent['about']['object']>

/** The messages that the webhook endpoint at Stripe has to send. */
export const eventKinds = Object.keys(objects) as (keyof typeof objects)[]

/** What a message is about; null when it does not concern the shop. Only its ids are read. */
export function readEvent(body: string): ProviderEvent | null {
  const { id, type, data } = JSON.parse(body) as {
    id: string
    type: string
    data: { object: { id: string; payment_intent?: string | null } }
  }
  if (!Object.hasOwn(objects, type)) return null
  const object = objects[type as keyof typeof objects]
  const about = object === 'refunds-of-payment' ? (data.object.payment_intent ?? null) : data.object.id
  return about === null ? null : { id, kind: type, about: { object, id: about } }
}
