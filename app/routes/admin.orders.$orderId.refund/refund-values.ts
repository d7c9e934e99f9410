import { calculateRefund, type RefundAmounts } from '#app/domain/billing/refund-amounts.ts'
import { type Currency, parseDecimal } from '#app/domain/money.ts'
import type { RefundPage } from './route.tsx'

export type RefundValues = {
  lines: { orderLineId: string; quantity: string; restock: string }[]
  shipping: string
  extra: string
  reason: string
}

type Page = Pick<RefundPage, 'order' | 'lines' | 'earlier' | 'left' | 'returned'>

/** What the form begins with: nothing, or the items of a return. */
export function initialValues({ lines, returned }: Page): RefundValues {
  return {
    lines: lines
      .filter(({ left }) => left > 0)
      .map((line) => {
        const quantity = returned?.lines.find(({ orderLineId }) => orderLineId === line.id)?.quantity ?? 0
        // Received items were restocked then, or on purpose not.
        const restock = returned || line.fulfilledQuantity > 0 || line.restockable === 0 ? '' : 'on'
        return { orderLineId: String(line.id), quantity: String(Math.min(quantity, line.left)), restock }
      }),
    shipping: '',
    extra: '',
    reason: '',
  }
}

/** The amounts of what is typed; what is not a number, or more than is left, counts as far as possible. */
export function amountsOf(typed: Record<string, unknown>, page: Page, currency: Currency): RefundAmounts {
  const rows = Array.isArray(typed.lines) ? (typed.lines as Partial<RefundValues['lines'][number]>[]) : []
  const lines = page.left.lines.flatMap((left) => {
    const row = rows.find(({ orderLineId }) => orderLineId === String(left.orderLineId))
    const quantity = Math.min(
      left.quantity,
      /^\d{1,3}$/.test(row?.quantity ?? '') ? Number(row!.quantity) : 0,
    )
    return quantity > 0 ? [{ orderLineId: left.orderLineId, quantity }] : []
  })
  const amount = (text: unknown) => (typeof text === 'string' && parseDecimal(text, currency)) || 0
  const shipping = Math.min(amount(typed.shipping), page.left.shipping)
  return calculateRefund(page.order, page.lines, page.earlier, {
    lines,
    shipping,
    extra: amount(typed.extra),
  })
}

/** The fields of a form in the browser, nested like those that the server parsed. */
export function typedIn(form: HTMLFormElement): Record<string, unknown> {
  const fields = new FormData(form)
  const text = (name: string) => String(fields.get(name) ?? '')
  const lines = [...fields.keys()]
    .filter((name) => name.endsWith('.orderLineId'))
    .map((name) => ({
      orderLineId: text(name),
      quantity: text(name.replace('.orderLineId', '.quantity')),
    }))
  return { lines, shipping: text('shipping'), extra: text('extra') }
}
