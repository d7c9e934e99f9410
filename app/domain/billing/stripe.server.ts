import type { Stripe } from 'stripe'
import { type Currency, isoDigits } from '#app/domain/money.ts'
import { fromProviderAmount, toProviderAmount } from '#app/domain/payments/card-amounts.ts'
import { attemptKey, type PaymentProvider, ProviderRefusal } from './provider.ts'
import { eventKinds, readEvent, toDispute, toPayment, toRefund, toSession } from './stripe-objects.ts'

export type StripeSettings = {
  key: string
  /** Newest first; a message signed with any of them is accepted. */
  webhookSecrets: string[]
  baseUrl: string
  /** The shop's currency. */
  currency: () => Promise<Currency>
}

const timeoutMs = 10_000

/** Stripe counts the age of a session from its own clock. */
const clockSkewMs = 5 * 60_000

/**
 * Stripe Checkout behind the port of the shop. Idempotency keys come from rows of ours, so that a call that is repeated
 * after a crash or a time-out has one effect; Stripe remembers them for a day.
 */
export function createStripeProvider(settings: StripeSettings): PaymentProvider {
  let loading: Promise<Stripe> | undefined
  const client = () => (loading ??= createClient(settings))

  const charged = async (amount: number, currency: string) => {
    const exact = toProviderAmount(amount, unitsOf(currency, await settings.currency()))
    if (exact === null) throw new ProviderRefusal(`${amount} ${currency} cannot be charged`)
    return exact
  }
  const readingAmounts = async () => {
    const own = await settings.currency()
    return (amount: number, code: string) => fromProviderAmount(amount, unitsOf(code.toUpperCase(), own))
  }
  const session = async (found: Stripe.Checkout.Session) => toSession(found, await readingAmounts())
  const payment = async (found: Stripe.PaymentIntent) => toPayment(found, await readingAmounts())
  const refund = async (found: Stripe.Refund) => toRefund(found, await readingAmounts())
  const withIntent = { expand: ['payment_intent'] }

  const provider: PaymentProvider = {
    async createSession(attempt, page) {
      const metadata = { till_attempt: attemptKey(attempt), till_order: page.orderName }
      const stripe = await client()
      const created = await refusing(
        stripe.checkout.sessions.create(
          {
            mode: 'payment',
            line_items: [
              {
                quantity: 1,
                price_data: {
                  currency: attempt.currency.toLowerCase(),
                  unit_amount: await charged(attempt.amount, attempt.currency),
                  product_data: { name: page.orderName },
                },
              },
            ],
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
          },
          { idempotencyKey: `attempt-${attemptKey(attempt)}` },
        ),
      )
      if (!created.url) throw new Error(`Stripe created session ${created.id} without a page`)
      return { id: created.id, url: created.url }
    },

    async findSession(attempt) {
      const stripe = await client()
      const from = Math.floor((attempt.createdAt.getTime() - clockSkewMs) / 1000)
      const key = attemptKey(attempt)
      for await (const found of stripe.checkout.sessions.list({ created: { gte: from }, limit: 100 }))
        if (found.metadata?.till_attempt === key) return provider.retrieveSession(found.id)
      return null
    },

    async retrieveSession(id, { timeoutMs: timeout } = {}) {
      const stripe = await client()
      return session(await stripe.checkout.sessions.retrieve(id, withIntent, timeout ? { timeout } : {}))
    },

    async expireSession(id) {
      const stripe = await client()
      const before = await provider.retrieveSession(id)
      if (before.status !== 'open') return before
      await stripe.checkout.sessions.expire(id).catch(async (error: unknown) => {
        // Paid or expired since it was retrieved: that is the answer.
        if (!isRefusal(error)) throw error
      })
      const after = await provider.retrieveSession(id)
      if (after.status === 'open') throw new Error(`Session ${id} is still open`)
      return after
    },

    async retrievePayment(id) {
      return payment(await (await client()).paymentIntents.retrieve(id))
    },

    async capture(id, amount) {
      const stripe = await client()
      const { currency } = await stripe.paymentIntents.retrieve(id)
      const options = { idempotencyKey: `capture-${id}-${amount}` }
      const amount_to_capture = await charged(amount, currency.toUpperCase())
      return payment(await refusing(stripe.paymentIntents.capture(id, { amount_to_capture }, options)))
    },

    async release(id) {
      const stripe = await client()
      const options = { idempotencyKey: `release-${id}` }
      return payment(await refusing(stripe.paymentIntents.cancel(id, {}, options)))
    },

    async refund({ id, paymentId, amount, currency }) {
      const stripe = await client()
      const made = await refusing(
        stripe.refunds.create(
          {
            payment_intent: paymentId,
            amount: await charged(amount, currency),
            metadata: { till_transfer: String(id) },
          },
          { idempotencyKey: `refund-${id}-${paymentId}` },
        ),
      )
      return refund(made)
    },

    async findRefund({ id, paymentId }) {
      const made = await provider.listRefunds(paymentId)
      return made.find(({ transferId }) => transferId === id) ?? null
    },

    async retrieveRefund(id) {
      return refund(await (await client()).refunds.retrieve(id))
    },

    async listRefunds(paymentId) {
      const made: Stripe.Refund[] = []
      for await (const one of (await client()).refunds.list({ payment_intent: paymentId, limit: 100 }))
        made.push(one)
      return Promise.all(made.map(refund))
    },

    async retrieveDispute(id) {
      return toDispute(await (await client()).disputes.retrieve(id), await readingAmounts())
    },

    async verifyEvent(body, signature) {
      const { webhooks } = await client()
      for (const [at, secret] of settings.webhookSecrets.entries())
        try {
          webhooks.constructEvent(body, signature, secret)
          break
        } catch (error) {
          if (at === settings.webhookSecrets.length - 1) throw error
        }
      return readEvent(body.toString('utf8'))
    },

    readEvent,

    async *listEvents(since) {
      const gte = Math.floor(since.getTime() / 1000)
      const missed: { event: NonNullable<ReturnType<typeof readEvent>>; body: string }[] = []
      for await (const one of (await client()).events.list({
        created: { gte },
        types: eventKinds,
        limit: 100,
      })) {
        const body = JSON.stringify(one)
        const event = readEvent(body)
        if (event) missed.push({ event, body })
      }
      yield* missed.reverse()
    },
  }
  return provider
}

/** Loaded with the first call: most processes never need it. */
async function createClient({ key, baseUrl }: StripeSettings): Promise<Stripe> {
  const { Stripe } = await import('stripe')
  const { hostname, port, protocol } = new URL(baseUrl)
  return new Stripe(key, {
    host: hostname,
    port: port || (protocol === 'http:' ? 80 : 443),
    protocol: protocol === 'http:' ? 'http' : 'https',
    timeout: timeoutMs,
    maxNetworkRetries: 1,
    telemetry: false,
  })
}

/** An amount in another currency than the shop's, which it never asks for, has the digits of ISO 4217. */
function unitsOf(currency: string, own: Currency): Currency {
  return currency === own.currency ? own : { currency, currencyDigits: isoDigits(currency) }
}

/** Turns an answer that a repetition would not change into a ProviderRefusal. */
async function refusing<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    throw isRefusal(error) ? new ProviderRefusal(error.message, { cause: error }) : error
  }
}

function isRefusal(error: unknown): error is Stripe.errors.StripeError {
  const type = (error as { type?: unknown } | null)?.type
  return type === 'StripeInvalidRequestError' || type === 'StripeCardError'
}
