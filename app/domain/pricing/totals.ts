import type { PriceStep } from '#db/schema/orders.ts'
import type { OrderTotals } from './order-totals.ts'

type NamedLine = { title: string; variantTitle: string; quantity: number; unitPrice: number }

/** The totals of a cart or an order as pages, emails and the order's row have them. All amounts in minor units. */
export type Totals = {
  subtotal: number
  discountTotal: number
  shippingTotal: number
  shippingDiscount: number
  taxTotal: number
  taxAdded: number
  total: number
  /** Price breakdown: its amounts add up to the total. */
  priceBreakdown: PriceStep[]
}

/** The totals with each rule by name. The lines are in the order in which they are shown. */
export function nameTotals(
  totals: OrderTotals,
  lines: NamedLine[],
  tax: { label: string; isIncluded: boolean; isReverseCharge: boolean },
): Totals {
  const { subtotal, discountTotal, shippingTotal, shippingDiscount, taxTotal, taxAdded, total } = totals
  const priceBreakdown: PriceStep[] = [
    ...lines.map((line): PriceStep => ({
      kind: 'line',
      label: `${line.quantity} × ${line.variantTitle ? `${line.title}, ${line.variantTitle}` : line.title}`,
      amount: line.quantity * line.unitPrice,
    })),
    ...totals.promotions.filter(({ byLine }) => byLine.length > 0).map(toDiscountStep),
    ...(totals.method
      ? [{ kind: 'shipping' as const, label: totals.method.title, amount: shippingTotal }]
      : []),
    ...totals.promotions.filter(({ byLine }) => byLine.length === 0).map(toDiscountStep),
    ...totals.taxes.map(({ rate, base, tax: amount }): PriceStep => ({
      kind: 'tax',
      label: `${tax.label} ${rate / 1000}%`,
      amount: tax.isIncluded ? 0 : amount,
      tax: { rate, base, amount },
    })),
    ...(tax.isReverseCharge
      ? [{ kind: 'tax' as const, label: `${tax.label}, reverse charge`, amount: taxAdded }]
      : []),
  ]
  return {
    ...{ subtotal, discountTotal, shippingTotal, shippingDiscount, taxTotal, taxAdded, total },
    priceBreakdown,
  }
}

function toDiscountStep({ offer, amount }: OrderTotals['promotions'][number]): PriceStep {
  return { kind: 'discount', label: promotionName(offer.promotion.title, offer.code), amount: -amount }
}

/** "Spring sale (SPRING)"; the title alone when it is the code. */
export function promotionName(title: string, code: string | null): string {
  return code === null || title.toUpperCase() === code ? title : `${title} (${code})`
}

/** A step as it is displayed: tax that prices contain is named as such, with its amount. */
export function describeStep(
  step: PriceStep,
  money: (amount: number) => string,
): { label: string; amount: string; isContained: boolean } {
  const isContained = step.kind === 'tax' && step.amount === 0 && step.tax !== undefined
  if (isContained) return { label: `Includes ${step.label}`, amount: money(step.tax!.amount), isContained }
  if (step.kind === 'shipping' && step.amount === 0) return { label: step.label, amount: 'Free', isContained }
  const amount = step.amount < 0 ? `−${money(-step.amount)}` : money(step.amount)
  return { label: step.label, amount, isContained }
}
