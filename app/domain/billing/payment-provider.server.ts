import type { PaymentProvider } from './provider.ts'

/** The provider of card payments; null while none is set up. */
export function paymentProvider(): PaymentProvider | null {
  return null
}
