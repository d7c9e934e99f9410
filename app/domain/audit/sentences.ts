/** The audit log in sentences: "Maya changed the price of Ash Canvas Tote from $48.00 to $52.00". */
import { changedColumns, type ChangedRow, type LoggedTable, tableLabels } from './activity.ts'
import { columnLabels } from './column-labels.ts'
import { formatValue } from './format-value.ts'
import type { FieldValue } from '#app/domain/field-value.ts'

/** Text, the row's name (for its link), or a value. */
export type SentencePart = string | { name: string } | { value: FieldValue }

export type Sentence = {
  /** After the name of the user; ends without a period. */
  parts: SentencePart[]
  /** Whether the sentence contains every change, so that no table has to repeat them. */
  isComplete: boolean
}

type Phrases = Partial<Record<ChangedRow['action'], string>>

/** The words before the row's name. */
const phrases: Record<LoggedTable, Phrases & { of: string }> = {
  products: { insert: 'added the product', delete: 'deleted the product', of: '' },
  variants: { insert: 'added the variant', delete: 'deleted the variant', of: '' },
  product_images: { insert: 'added an image to', delete: 'removed an image of', of: 'an image of' },
  collections: { insert: 'created the collection', delete: 'deleted the collection', of: 'the collection' },
  collection_products: { insert: 'put', delete: 'removed', of: '' },
  related_products: { insert: 'added the related product', delete: 'removed the related product', of: '' },
  search_synonyms: { insert: 'added the synonyms', delete: 'deleted the synonyms', of: 'the synonyms' },
  search_pins: { insert: 'added pinned results for', delete: 'deleted the pinned results for', of: '' },
  search_pin_products: { insert: 'pinned', delete: 'unpinned', of: '' },
  search_boosts: { insert: 'set the search ranking of', delete: 'removed the search ranking of', of: '' },
  redirects: {
    insert: 'added the redirect from',
    delete: 'deleted the redirect from',
    of: 'the redirect from',
  },
  home_sections: {
    insert: 'added to the home page:',
    delete: 'removed from the home page:',
    of: 'the home page section',
  },
  pages: { insert: 'created the page', delete: 'deleted the page', of: 'the page' },
  settings: { of: '' },
  promotions: { insert: 'created the promotion', delete: 'deleted the promotion', of: 'the promotion' },
  promotion_items: { insert: 'added to a promotion:', delete: 'removed from a promotion:', of: '' },
  shipping_zones: {
    insert: 'added the shipping zone',
    delete: 'deleted the shipping zone',
    of: 'the shipping zone',
  },
  shipping_zone_places: {
    insert: 'added to a shipping zone:',
    delete: 'removed from a shipping zone:',
    of: '',
  },
  shipping_methods: {
    insert: 'added the shipping method',
    delete: 'deleted the shipping method',
    of: 'the shipping method',
  },
  tax_classes: { insert: 'added the tax class', delete: 'deleted the tax class', of: 'the tax class' },
  tax_rates: {
    insert: 'added the tax rate for',
    delete: 'deleted the tax rate for',
    of: 'the tax rate for',
  },
  orders: { insert: 'placed order', of: 'order' },
  draft_orders: { insert: 'created draft order', of: 'draft order' },
  order_events: { insert: 'added to the timeline of order', of: 'the timeline of order' },
  fulfillments: { insert: 'shipped items of order', of: 'a shipment of order' },
  payments: { insert: 'recorded a payment for order', of: 'the payment for order' },
  refunds: { insert: 'refunded a part of order', of: 'a refund of order' },
  returns: { insert: 'started a return of order', of: 'a return of order' },
  invoices: { insert: 'issued an invoice for order', of: 'an invoice for order' },
  imports: { insert: 'uploaded', delete: 'deleted the import', of: 'the import' },
  emails: { insert: 'queued an email to', of: 'the email to' },
  users: { insert: 'created the account of', delete: 'deleted the account of', of: '' },
  invitations: {
    insert: 'invited',
    delete: 'revoked the invitation of',
    of: 'the invitation of',
  },
  reviews: { insert: 'added a review of', delete: 'deleted a review of', of: 'the review of' },
  sessions: { delete: 'signed out', of: 'the session of' },
}

const longestValue = 60

/** What happened to a row, as the rest of a sentence that begins with the user's name. */
export function describeChange(row: ChangedRow): Sentence {
  const name = { name: row.label || `no. ${row.key}` }
  const words = phrases[row.table as LoggedTable]
  const noun = (tableLabels as Record<string, string>)[row.table] ?? row.table
  if (row.action !== 'update') {
    const verb = words?.[row.action] ?? `${row.action === 'insert' ? 'added' : 'deleted'} the ${noun}`
    return { parts: [`${verb} `, name], isComplete: false }
  }
  const columns = changedColumns(row)
  const [only] = columns
  const known = columns.length === 1 && only ? describeKnown(row.table, only, name) : null
  if (known) return { parts: known, isComplete: true }
  const of = ofRow(row.table, words?.of ?? `the ${noun}`, name)
  if (columns.length === 1 && only && isShort(row.table, only))
    return { parts: describeOne(row.table, only, of), isComplete: true }
  const labels = columns.map(([column]) => labelOf(column))
  return { parts: [`changed ${list(labels)}`, ...of], isComplete: false }
}

type Change = ReturnType<typeof changedColumns>[number]

/** Changes that have a verb of their own. */
function describeKnown(
  table: string,
  [column, before, after]: Change,
  name: { name: string },
): SentencePart[] | null {
  const isSet = after !== null
  switch (`${table}.${column}`) {
    case 'orders.canceled_at':
      return ['canceled order ', name]
    case 'draft_orders.state':
      if (after === 'placed') return ['created an order from draft ', name]
      return after === 'deleted' ? ['deleted draft order ', name] : null
    case 'orders.payment_state':
      return after === 'paid' ? ['marked order ', name, ' as paid'] : null
    case 'users.disabled_at':
      return [isSet ? 'suspended ' : 'unsuspended ', name]
    case 'users.totp_enabled_at':
      return [`turned ${isSet ? 'on' : 'off'} two-factor authentication for `, name]
    case 'products.published_at':
    case 'collections.published_at':
    case 'pages.published_at':
      return before === null ? ['published ', name] : isSet ? null : ['hid ', name, ' from the store']
    case 'pages.position':
      if (before === null) return ['added ', name, ' to the footer']
      return isSet ? ['moved ', name, ' in the footer'] : ['removed ', name, ' from the footer']
    case 'products.position':
    case 'collections.position':
    case 'collection_products.position':
    case 'related_products.position':
    case 'search_pin_products.position':
    case 'product_images.position':
      return ['moved ', ...(table === 'product_images' ? ['an image of '] : []), name]
    default:
      return null
  }
}

/** "the price of Pot from $1.00 to $2.00"; an empty value is not named. */
function describeOne(table: string, [column, before, after]: Change, of: SentencePart[]): SentencePart[] {
  const [old, next] = [before, after].map((value) => formatValue({ table, column }, value)) as [
    FieldValue,
    FieldValue,
  ]
  if (next.kind === 'flag')
    return [`turned ${next.on ? 'on' : 'off'} “${columnLabels[column] ?? column}”`, ...of.map(toFor)]
  if (old.kind === 'nothing') return [`set ${labelOf(column)}`, ...of, ' to ', { value: next }]
  if (next.kind === 'nothing') return [`removed ${labelOf(column)}`, ...of, ' (', { value: old }, ')']
  return [`changed ${labelOf(column)}`, ...of, ' from ', { value: old }, ' to ', { value: next }]
}

const toFor = (part: SentencePart) => (typeof part === 'string' ? part.replace(/^ of /, ' for ') : part)

/** " of order #1001"; nothing for the settings, of which there is one. */
function ofRow(table: string, noun: string, name: { name: string }): SentencePart[] {
  return table === 'settings' ? [] : [` of ${noun && `${noun} `}`, name]
}

function isShort(table: string, [column, ...values]: Change): boolean {
  return values.every((value) => {
    const shown = formatValue({ table, column }, value)
    const isStructure = typeof value === 'object' && value !== null && !Array.isArray(value)
    return !isStructure && (shown.kind !== 'text' || shown.text.length <= longestValue)
  })
}

/** "the price", but "the SKU". */
function labelOf(column: string): string {
  const label = columnLabels[column] ?? column.replaceAll('_', ' ')
  return `the ${/^[A-Z][^A-Z]/.test(label) ? label[0]!.toLowerCase() + label.slice(1) : label}`
}

function list(labels: string[]): string {
  const shown = labels.length > 4 ? [...labels.slice(0, 3), `${labels.length - 3} other fields`] : labels
  return shown.length < 2 ? (shown[0] ?? 'nothing') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}
