/** Payment methods. Bank transfer and cash are paid later: staff mark the order as paid. */

/** `none`: an order with nothing to pay. */
export type PaymentMethodId = 'bank-transfer' | 'cash-on-delivery' | 'none' | 'stripe'

export type PaymentMethod = { id: PaymentMethodId; label: string; hint: string }

export type PaymentSettings = { acceptsBankTransfer: boolean; acceptsCashOnDelivery: boolean }

export const paymentLabels = {
  'bank-transfer': 'Bank transfer',
  'cash-on-delivery': 'Cash on delivery',
  none: 'No payment needed',
  stripe: 'Card or wallet',
} satisfies Record<PaymentMethodId, string>

/**
 * The payment methods that the shop offers, in display order. `acceptsCards`: a provider is set up, and it can charge
 * these totals in the shop's currency (canBeCharged).
 */
export function listPaymentMethods(settings: PaymentSettings, acceptsCards: boolean): PaymentMethod[] {
  const methods: PaymentMethod[] = []
  if (acceptsCards) methods.push({ id: 'stripe', label: paymentLabels.stripe, hint: 'Pay on the next page.' })
  if (settings.acceptsBankTransfer)
    methods.push({
      id: 'bank-transfer',
      label: paymentLabels['bank-transfer'],
      hint: 'We ship when your payment arrives.',
    })
  if (settings.acceptsCashOnDelivery)
    methods.push({
      id: 'cash-on-delivery',
      label: paymentLabels['cash-on-delivery'],
      hint: 'Pay on delivery.',
    })
  return methods
}
