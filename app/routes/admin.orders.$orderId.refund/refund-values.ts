import { calculateRefund, type RefundAmounts } from '#app/domain/billing/refund-amounts.ts'
import { type Currency, parseDecimal } from '#app/domain/money.ts'
import type { RefundPage } from './route.tsx'

export type RefundValues = {
  lines: { orderLineId: string; quantity: string; isShipped: string; restock: string }[]
  shipping: string
  extra: string
  reason: string
}

type Page = Pick<RefundPage, 'order' | 'lines' | 'earlier' | 'left' | 'returned'>

/** The rows of the form: units of a line that were not shipped, and units that were. */
export function refundRows(lines: RefundPage['lines']) {
  return lines.flatMap((line) => {
    const rows = [
      { line, isShipped: false, left: line.toShip },
      { line, isShipped: true, left: line.kept },
    ].filter(({ left }) => left > 0)
    return rows.map((row, index) => ({
      ...row,
      isOnly: rows.length === 1,
      isLast: index === rows.length - 1,
    }))
  })
}

/** What the form begins with: nothing, or the items of a return. */
export function initialValues({ lines, returned }: Page): RefundValues {
  return {
    lines: refundRows(lines).map(({ line, isShipped, left }) => {
      const own = isShipped && returned?.lines.find(({ orderLineId }) => orderLineId === line.id)
      const quantity = own ? Math.min(own.quantity, left) : 0
      // Shipped items are restocked when they are received.
      const restock = isShipped || returned || line.restockable === 0 ? '' : 'on'
      return {
        ...{ orderLineId: String(line.id), quantity: String(quantity), restock },
        isShipped: isShipped ? 'on' : '',
      }
    }),
    shipping: '',
    extra: '',
    reason: '',
  }
}

/** The amounts of what is typed; what is not a number, or more than is left, counts as far as possible. */
export function amountsOf(typed: Record<string, unknown>, page: Page, currency: Currency): RefundAmounts {
  const rows = Array.isArray(typed.lines) ? (typed.lines as Partial<RefundValues['lines'][number]>[]) : []
  const lines = page.left.lines.flatMap(({ orderLineId, quantity: left }) => {
    const own = rows.filter((row) => row.orderLineId === String(orderLineId))
    const typedUnits = own.reduce(
      (sum, row) => sum + (/^\d{1,3}$/.test(row.quantity ?? '') ? Number(row.quantity) : 0),
      0,
    )
    const quantity = Math.min(left, typedUnits)
    return quantity > 0 ? [{ orderLineId, quantity }] : []
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
