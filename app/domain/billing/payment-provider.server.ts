import type { Currency } from '#app/domain/money.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { env } from '#env'
import type { PaymentProvider } from './provider.ts'
import { createStripeProvider } from './stripe.server.ts'

let provider: PaymentProvider | null | undefined

/** The provider of card payments; null when its key is not set. */
export function paymentProvider(): PaymentProvider | null {
  provider ??= env.stripe && createStripeProvider({ ...env.stripe, currency: shopCurrency })
  return provider
}

async function shopCurrency(): Promise<Currency> {
  const settings = await getSettings()
  if (!settings) throw new Error('The shop is not set up')
  return settings
}
