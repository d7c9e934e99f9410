import type { Stripe } from 'stripe'
import { type Currency, isoDigits } from '#app/domain/money.ts'
import { fromProviderAmount, toProviderAmount } from '#app/domain/payments/card-amounts.ts'
import { ProviderRefusal } from './provider.ts'

export type StripeSettings = {
  key: string
  /** Newest first; a message signed with any of them is accepted. */
  webhookSecrets: string[]
  baseUrl: string
  /** The shop's currency. */
  currency: () => Promise<Currency>
}

const timeoutMs = 10_000

export type StripeConnection = ReturnType<typeof createConnection>

/** Stripe's client, loaded with the first call, and how its amounts are converted. */
export function createConnection(settings: StripeSettings) {
  let loading: Promise<Stripe> | undefined
  return {
    client: () => (loading ??= createClient(settings)),
    /** What to charge at Stripe for an amount of the shop; refused when it cannot be charged exactly. */
    toAmount: async (amount: number, currency: string): Promise<number> => {
      const exact = toProviderAmount(amount, unitsOf(currency, await settings.currency()))
      if (exact === null) throw new ProviderRefusal(`${amount} ${currency} cannot be charged`)
      return exact
    },
    /** Converts the other way. */
    amountReader: async () => {
      const own = await settings.currency()
      return (amount: number, code: string) => fromProviderAmount(amount, unitsOf(code.toUpperCase(), own))
    },
  }
}

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

/**
 * Turns an answer that a repetition would not change into a ProviderRefusal. A conflict (409) is none: another call with
 * the same key is still running, and its effect is found by the next attempt.
 */
export async function refusing<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    throw isRefusal(error) ? new ProviderRefusal(error.message, { cause: error }) : error
  }
}

/** Whether Stripe refused what was asked. */
export function isRefusal(error: unknown): error is Stripe.errors.StripeError {
  const type = (error as { type?: unknown } | null)?.type
  return type === 'StripeInvalidRequestError' || type === 'StripeCardError'
}
