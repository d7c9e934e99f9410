import { areaText } from '#app/domain/accounts/access.ts'
import { roleText } from '#app/domain/accounts/accounts.ts'
import type { FieldValue } from '#app/domain/field-value.ts'
import { mailKindText, mailStatusText } from '#app/domain/mail/mail.ts'
import { fulfilmentStateText, paymentStateText } from '#app/domain/orders/orders.ts'

/** What a column is called, wherever it can turn up in the log. */
export const columnText: Record<string, string> = {
  title: 'Title',
  handle: 'Handle',
  description: 'Description',
  vendor: 'Vendor',
  type: 'Product type',
  category: 'Category',
  tags: 'Tags',
  status: 'Status',
  published_at: 'Shown since',
  seo_title: 'Title for search engines',
  seo_description: 'Description for search engines',
  option_names: 'Options',
  option_values: 'Option values',
  position: 'Position',
  price: 'Price',
  compare_at_price: 'Compare-at price',
  cost: 'Cost',
  sku: 'SKU',
  barcode: 'Barcode',
  weight_grams: 'Weight in grams',
  weight_unit: 'Weight unit',
  track_stock: 'Stock is tracked',
  stock: 'Stock',
  sell_when_out: 'Sold when out of stock',
  requires_shipping: 'Needs delivery',
  taxable: 'Taxable',
  image_id: 'Picture',
  media_hash: 'Picture',
  source_url: 'Where the picture came from',
  extra: 'Other columns of the file',
  alt: 'Alternative text',
  parent_id: 'Inside',
  kind: 'Kind',
  match: 'A product is in when',
  rules: 'Rules',
  shop_name: 'Name of the shop',
  tagline: 'Tagline',
  currency: 'Currency',
  locale: 'Language and region',
  time_zone: 'Time zone',
  order_prefix: 'Order prefix',
  contact_email: 'Contact e-mail',
  contact_phone: 'Contact phone',
  contact_address: 'Contact address',
  accent_color: 'Accent colour',
  shipping_label: 'Delivery',
  shipping_rate: 'Price of delivery',
  shipping_days_min: 'Working days, at least',
  shipping_days_max: 'Working days, at most',
  shipping_countries: 'Countries of delivery',
  bank_details: 'Bank details',
  accepts_bank_transfer: 'Bank transfer',
  accepts_cash_on_delivery: 'Cash on delivery',
  low_stock_threshold: 'Low stock',
  staff_need_two_factor: 'Staff need a second factor',
  number: 'Number',
  number_prefix: 'Prefix',
  user_id: 'Account',
  email: 'E-mail',
  phone: 'Phone',
  customer_note: 'Customer’s note',
  ship_name: 'Delivery: name',
  ship_company: 'Delivery: company',
  ship_line1: 'Delivery: street',
  ship_line2: 'Delivery: second line',
  ship_postcode: 'Delivery: postcode',
  ship_city: 'Delivery: city',
  ship_region: 'Delivery: region',
  ship_country: 'Delivery: country',
  payment_method: 'Way to pay',
  subtotal: 'Subtotal',
  discount_total: 'Discount',
  shipping_total: 'Delivery cost',
  tax_total: 'Tax',
  total: 'Total',
  steps: 'How the total came about',
  payment_state: 'Payment',
  fulfilment_state: 'Fulfilment',
  cancelled_at: 'Cancelled',
  placed_at: 'Placed',
  detail: 'Detail',
  carrier: 'Carrier',
  tracking_number: 'Tracking number',
  tracking_url: 'Tracking address',
  method: 'Way to pay',
  amount: 'Amount',
  reference: 'Reference',
  filename: 'File',
  byte_size: 'Size in bytes',
  overwrite: 'Overwrites products',
  dialect: 'Kind of file',
  headers: 'Columns of the file',
  rows_read: 'Rows read',
  bytes_read: 'Bytes read',
  create_count: 'New products',
  update_count: 'Changed products',
  unchanged_count: 'Unchanged products',
  skipped_count: 'Skipped products',
  applied_count: 'Written products',
  error_count: 'Errors',
  warning_count: 'Warnings',
  failure: 'What went wrong',
  read_at: 'Read',
  applied_at: 'Applied',
  to_email: 'To',
  subject: 'Subject',
  attempts: 'Attempts',
  last_error: 'Last error',
  sent_at: 'Sent',
  email_verified_at: 'Address proved',
  name: 'Name',
  role: 'Role',
  areas: 'Areas',
  totp_enabled_at: 'Second factor on since',
  disabled_at: 'Suspended',
  last_seen_at: 'Last seen',
}

const amounts = new Set([
  ...['price', 'compare_at_price', 'cost', 'shipping_rate', 'amount'],
  ...['subtotal', 'discount_total', 'shipping_total', 'tax_total', 'total'],
])

/** Values that have words of their own, by table and column. */
const valueText: Record<string, Record<string, string>> = {
  'users.role': roleText,
  'users.areas': areaText,
  'invitations.role': roleText,
  'invitations.areas': areaText,
  'orders.payment_state': paymentStateText,
  'orders.fulfilment_state': fulfilmentStateText,
  'mails.status': mailStatusText,
  'mails.kind': mailKindText,
}

/** A value of the log as a person reads it. */
export function valueOf({ table, column }: { table: string; column: string }, value: unknown): FieldValue {
  const word = (text: string) => valueText[`${table}.${column}`]?.[text] ?? text
  if (value === null || value === undefined || value === '') return { kind: 'nothing' }
  if (typeof value === 'boolean') return { kind: 'flag', on: value }
  if (typeof value === 'number')
    return amounts.has(column) ? { kind: 'money', amount: value } : { kind: 'number', number: value }
  if (typeof value === 'string')
    return /_at$/.test(column) ? { kind: 'date', at: value } : asText(word(value))
  if (Array.isArray(value) && value.every((one) => typeof one === 'string'))
    return asText(value.map(word).join(', '))
  return asText(JSON.stringify(value))
}

const asText = (text: string): FieldValue => (text === '' ? { kind: 'nothing' } : { kind: 'text', text })
