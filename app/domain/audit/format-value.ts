import { permissionLabels } from '#app/domain/access/access.ts'
import { roleLabels } from '#app/domain/access/roles.ts'
import type { FieldValue } from '#app/domain/field-value.ts'
import { draftStateLabels } from '#app/domain/orders/draft-states.ts'
import { seriesLabels } from '#app/domain/invoices/invoices.ts'
import { emailKindLabels, emailStatusLabels } from '#app/domain/mail/mail.ts'
import { fulfillmentStateLabels, paymentStateLabels } from '#app/domain/orders/order-states.ts'
import { paperSizeLabels } from '#app/domain/settings/paper-sizes.ts'
import { formatRate } from '#app/domain/taxes/tax-rate.ts'

const amounts = new Set([
  ...['price', 'compare_at_price', 'cost', 'shipping_rate', 'amount'],
  ...['max_rate', 'min_subtotal', 'free_from', 'shipping_discount', 'tax_added'],
  ...['subtotal', 'discount_total', 'shipping_total', 'tax_total', 'total'],
])

/** Labels of values, by table and column. */
const valueText: Record<string, Record<string, string>> = {
  'users.role': roleLabels,
  'users.permissions': permissionLabels,
  'invitations.role': roleLabels,
  'invitations.permissions': permissionLabels,
  'draft_orders.state': draftStateLabels,
  'orders.payment_state': paymentStateLabels,
  'orders.fulfillment_state': fulfillmentStateLabels,
  'emails.status': emailStatusLabels,
  'emails.kind': emailKindLabels,
  'shipping_methods.price_by': { flat: 'Flat rate', weight: 'Weight', subtotal: 'Subtotal' },
  'search_boosts.ranking': { higher: 'Higher', lower: 'Lower' },
  'settings.paper_size': paperSizeLabels,
  'invoices.series': seriesLabels,
  'settings.shipping_tax': { none: 'Not taxed', goods: 'Like the goods', class: 'Rate of a tax class' },
}

/** A value of the audit log as display text. */
export function formatValue(
  { table, column }: { table: string; column: string },
  value: unknown,
): FieldValue {
  const word = (text: string) => valueText[`${table}.${column}`]?.[text] ?? text
  if (value === null || value === undefined || value === '') return { kind: 'nothing' }
  if (typeof value === 'boolean') return { kind: 'flag', on: value }
  if (table === 'tax_rates' && column === 'rate') return asText(formatRate(Number(value)))
  if (typeof value === 'number')
    return amounts.has(column) || `${table}.${column}` === 'shipping_methods.rate'
      ? { kind: 'money', amount: value }
      : { kind: 'number', number: value }
  if (typeof value === 'string')
    return /_at$/.test(column) ? { kind: 'date', at: value } : asText(word(value))
  if (Array.isArray(value) && value.every((one) => typeof one === 'string'))
    return asText(value.map(word).join(', '))
  return asText(JSON.stringify(value))
}

const asText = (text: string): FieldValue => (text === '' ? { kind: 'nothing' } : { kind: 'text', text })
