import type { Stripe } from 'stripe'
import { type Attempt, attemptKey, type PaymentProvider, type ProviderSession } from './provider.ts'
import { isRefusal, refusing, type StripeConnection } from './stripe-connection.server.ts'
import { toSession } from './stripe-objects.ts'

type SessionCalls = Pick<
  PaymentProvider,
  'createSession' | 'findSession' | 'retrieveSession' | 'expireSession'
>
type Page = Parameters<PaymentProvider['createSession']>[1]

/** Stripe counts the age of a session from its own clock. */
const clockSkewMs = 5 * 60_000

const withIntent = { expand: ['payment_intent'] }

/** The calls about hosted payment pages. */
export function sessionCalls({ client, toAmount, amountReader }: StripeConnection): SessionCalls {
  async function retrieve(id: string, timeout?: number): Promise<ProviderSession> {
    const { checkout } = await client()
    const found = await checkout.sessions.retrieve(id, withIntent, timeout ? { timeout } : {})
    return toSession(found, await amountReader())
  }

  return {
    async createSession(attempt, page) {
      const parameters = sessionParameters(attempt, page, await toAmount(attempt.amount, attempt.currency))
      const { checkout } = await client()
      const key = { idempotencyKey: `attempt-${attemptKey(attempt)}` }
      const created = await refusing(checkout.sessions.create(parameters, key))
      if (!created.url) throw new Error(`Stripe created session ${created.id} without a page`)
      return { id: created.id, url: created.url }
    },

    async findSession(attempt) {
      const { checkout } = await client()
      const from = Math.floor((attempt.createdAt.getTime() - clockSkewMs) / 1000)
      const key = attemptKey(attempt)
      for await (const found of checkout.sessions.list({ created: { gte: from }, limit: 100 }))
        if (found.metadata?.till_attempt === key) return retrieve(found.id)
      return null
    },

    retrieveSession: (id, { timeoutMs } = {}) => retrieve(id, timeoutMs),

    async expireSession(id) {
      const before = await retrieve(id)
      if (before.status !== 'open') return before
      const { checkout } = await client()
      await checkout.sessions.expire(id).catch((error: unknown) => {
        // Paid or expired since it was retrieved: that is the answer.
        if (!isRefusal(error)) throw error
      })
      const after = await retrieve(id)
      if (after.status === 'open') throw new Error(`Session ${id} is still open`)
      return after
    },
  }
}

/** All of them come from rows, so that a repeated call has the same. */
function sessionParameters(
  attempt: Attempt,
  page: Page,
  amount: number,
): Stripe.Checkout.SessionCreateParams {
  const metadata = { till_attempt: attemptKey(attempt), till_order: page.orderName }
  const price = {
    currency: attempt.currency.toLowerCase(),
    unit_amount: amount,
    product_data: { name: page.orderName },
  }
  return {
    mode: 'payment',
    line_items: [{ quantity: 1, price_data: price }],
    customer_email: page.email,
    metadata,
    payment_intent_data: {
      metadata,
      ...(attempt.isAuthorization ? { capture_method: 'manual' as const } : {}),
    },
    adaptive_pricing: { enabled: false },
    expires_at: Math.floor(attempt.expiresAt.getTime() / 1000),
    success_url: page.returnUrl,
    cancel_url: page.cancelUrl,
  }
}
