import type { FieldProps } from '#app/components/form-fields.ts'
import { useMoney } from '#app/components/shop.ts'
import type { Quote } from './checkout-page.ts'
import { Choices } from './choices.tsx'

export function ShippingChoices({
  quote: { options },
  field: { defaultValue, errors },
  onChoose,
}: {
  quote: Quote
  field: FieldProps
  onChoose: (id: string) => void
}) {
  const money = useMoney()
  if (options.length === 0)
    return (
      <p className="notice notice--warn" id="shippingMethod" role="status">
        We don’t ship these items to this address.
      </p>
    )
  return (
    <Choices
      // New methods for another address.
      key={options.map(({ id }) => id).join()}
      legend="Shipping method"
      name="shippingMethod"
      chosen={defaultValue}
      error={errors?.[0]}
      onChoose={onChoose}
      choices={options.map(({ id, label, rate, arrives, isPickup, totals }) => ({
        value: id,
        label,
        hint: arrives ? `${isPickup ? 'Ready' : 'Arrives'} ${arrives}` : '',
        price: rate === 0 ? 'Free' : money(rate),
        total: options.length > 1 ? money(totals.total) : undefined,
      }))}
    />
  )
}

export function PaymentChoices({
  quote: { payments, options },
  field: { defaultValue, errors },
  total,
}: {
  quote: Quote
  field: FieldProps
  total: number
}) {
  if (total === 0 && options.every(({ totals }) => totals.total === 0))
    return (
      <fieldset className="checkout__group">
        <legend>Payment</legend>
        <p className="soft">Nothing to pay.</p>
        <input type="hidden" name="payment" value={payments[0]?.id ?? ''} />
      </fieldset>
    )
  return (
    <Choices
      legend="Payment"
      name="payment"
      chosen={defaultValue}
      error={errors?.[0]}
      choices={payments.map(({ id, label, hint }) => ({ value: id, label, hint }))}
    />
  )
}
