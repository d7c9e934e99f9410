/** What the shop needs from a provider of card payments. Amounts are minor units of the shop's currency. */

export type Attempt = {
  id: number
  orderId: number
  amount: number
  currency: string
  /** Only hold the amount. */
  isAuthorization: boolean
  expiresAt: Date
  createdAt: Date
}

/** The attempt at the provider: with its time, because two stores, or a store and its copy, can have the same ids. */
export function attemptKey({ id, createdAt }: Pick<Attempt, 'id' | 'createdAt'>): string {
  return `${id}-${createdAt.getTime().toString(36)}`
}

/** What the provider knows of a hosted payment page. */
export type ProviderSession = {
  id: string
  url: string | null
  /** attemptKey, from the metadata; null: not a session of this software. */
  attemptKey: string | null
  status: 'open' | 'complete' | 'expired'
  /** Null until the customer has paid, or has ordered a payment that takes days (`processing`). */
  payment: ProviderPayment | null
}

export type ProviderPayment = {
  id: string
  attemptKey: string | null
  /** incomplete: nothing was paid, and the customer may still pay. */
  status: 'incomplete' | 'processing' | 'authorized' | 'received' | 'released' | 'failed'
  amount: number
  currency: string
  failure: string
}

export type ProviderRefund = {
  id: string
  /** The transfer of ours that it belongs to; null when it was made at the provider. */
  transferId: number | null
  paymentId: string
  status: 'pending' | 'done' | 'failed'
  amount: number
  failure: string
}

export type ProviderDispute = {
  id: string
  paymentId: string
  status: 'open' | 'won' | 'lost'
  amount: number
}

/** A signed message: something of this id has changed. What it is now has to be asked. */
export type ProviderEvent = {
  id: string
  kind: string
  about: { object: 'session' | 'payment' | 'refund' | 'refunds-of-payment' | 'dispute'; id: string }
}

/**
 * Every call may be repeated with the same arguments without a second effect. Throws when the provider does not answer
 * in time or answers with an error.
 */
export type PaymentProvider = {
  createSession(
    attempt: Attempt,
    page: { orderName: string; email: string; returnUrl: string; cancelUrl: string },
  ): Promise<{ id: string; url: string }>
  /** The session of an attempt whose answer was lost. */
  findSession(attempt: Attempt): Promise<ProviderSession | null>
  retrieveSession(sessionId: string, options?: { timeoutMs?: number }): Promise<ProviderSession>
  /** Ends the page, so that nothing can be paid on it; returns what it was when it ended. */
  expireSession(sessionId: string): Promise<ProviderSession>
  retrievePayment(paymentId: string): Promise<ProviderPayment>
  capture(paymentId: string, amount: number): Promise<ProviderPayment>
  /** Ends a hold. */
  release(paymentId: string): Promise<ProviderPayment>
  refund(transfer: {
    id: number
    paymentId: string
    amount: number
    currency: string
  }): Promise<ProviderRefund>
  /** The refund of a transfer whose answer was lost. */
  findRefund(transfer: { id: number; paymentId: string }): Promise<ProviderRefund | null>
  retrieveRefund(refundId: string): Promise<ProviderRefund>
  listRefunds(paymentId: string): Promise<ProviderRefund[]>
  retrieveDispute(disputeId: string): Promise<ProviderDispute>
  /** The message, if its signature is right; null for kinds that do not concern the shop. Throws on a wrong one. */
  verifyEvent(body: Buffer, signature: string): Promise<ProviderEvent | null>
  /** A message that was verified before. */
  readEvent(body: string): ProviderEvent | null
  /** The messages since then that concern the shop, oldest first, with their bodies. */
  listEvents(since: Date): AsyncIterable<{ event: ProviderEvent; body: string }>
}

/** The provider is sure that it did not do what was asked, and would refuse it again. */
export class ProviderRefusal extends Error {}
