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

/** What the provider knows of a hosted payment page. */
export type ProviderSession = {
  id: string
  url: string | null
  /** From the metadata of the session. */
  attemptId: number
  status: 'open' | 'complete' | 'expired'
  /** Null until the customer has paid, or has ordered a payment that takes days (`processing`). */
  payment: ProviderPayment | null
}

export type ProviderPayment = {
  id: string
  status: 'processing' | 'authorized' | 'received' | 'released' | 'failed'
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
  retrieveSession(sessionId: string): Promise<ProviderSession>
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
}
