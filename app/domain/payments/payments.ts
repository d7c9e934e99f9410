/** How an order is paid. Both ways built in are paid later: staff mark the order paid. */

export type PaymentMethodId = 'bank-transfer' | 'cash-on-delivery'

export type PaymentMethod = { id: PaymentMethodId; label: string; hint: string }

export type PaymentSettings = { acceptsBankTransfer: boolean; acceptsCashOnDelivery: boolean }

export const paymentLabels = {
  'bank-transfer': 'Bank transfer',
  'cash-on-delivery': 'Cash on delivery',
} satisfies Record<PaymentMethodId, string>

/** The ways to pay that the shop offers, in the order they are shown. */
export function listPaymentMethods(settings: PaymentSettings): PaymentMethod[] {
  const methods: PaymentMethod[] = []
  if (settings.acceptsBankTransfer)
    methods.push({
      id: 'bank-transfer',
      label: paymentLabels['bank-transfer'],
      hint: 'You get our bank details with the confirmation; we send your order once the money is here.',
    })
  if (settings.acceptsCashOnDelivery)
    methods.push({
      id: 'cash-on-delivery',
      label: paymentLabels['cash-on-delivery'],
      hint: 'You pay when the parcel is handed over.',
    })
  return methods
}
