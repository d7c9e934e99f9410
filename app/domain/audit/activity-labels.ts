import { permissionLabels } from '#app/domain/access/access.ts'
import { roleLabels } from '#app/domain/access/roles.ts'
import type { FieldValue } from '#app/domain/field-value.ts'
import { emailKindLabels, emailStatusLabels } from '#app/domain/mail/mail.ts'
import { fulfillmentStateLabels, paymentStateLabels } from '#app/domain/orders/orders.ts'

/** Labels of the columns that can appear in the audit log. */
export const columnLabels: Record<string, string> = {
  title: 'Title',
  handle: 'Handle',
  description: 'Description',
  vendor: 'Vendor',
  type: 'Product type',
  category: 'Category',
  tags: 'Tags',
  status: 'Status',
  published_at: 'Published',
  seo_title: 'Search engine title',
  seo_description: 'Search engine description',
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
  track_stock: 'Track quantity',
  stock: 'Stock',
  allow_backorder: 'Continue selling when out of stock',
  requires_shipping: 'Physical product',
  taxable: 'Taxable',
  image_id: 'Image',
  media_hash: 'Image',
  source_url: 'Image source',
  images_retried_at: 'Failed images fetched again',
  extra: 'Other columns',
  alt: 'Alt text',
  parent_id: 'Parent',
  kind: 'Type',
  match: 'Products must match',
  rules: 'Conditions',
  shop_name: 'Store name',
  tagline: 'Tagline',
  currency: 'Currency',
  locale: 'Language and region',
  time_zone: 'Time zone',
  order_prefix: 'Order prefix',
  contact_email: 'Contact email',
  contact_phone: 'Contact phone',
  contact_address: 'Contact address',
  accent_color: 'Accent color',
  shipping_label: 'Shipping method',
  shipping_rate: 'Shipping rate',
  shipping_days_min: 'Min. business days',
  shipping_days_max: 'Max. business days',
  shipping_countries: 'Shipping countries',
  bank_details: 'Bank details',
  accepts_bank_transfer: 'Bank transfer',
  accepts_cash_on_delivery: 'Cash on delivery',
  low_stock_threshold: 'Low stock',
  staff_need_two_factor: 'Require two-factor authentication for staff',
  number: 'Number',
  number_prefix: 'Prefix',
  user_id: 'Account',
  email: 'Email',
  phone: 'Phone',
  customer_note: 'Customer note',
  ship_name: 'Shipping: name',
  ship_company: 'Shipping: company',
  ship_line1: 'Shipping: street',
  ship_line2: 'Shipping: line 2',
  ship_postcode: 'Shipping: postal code',
  ship_city: 'Shipping: city',
  ship_region: 'Shipping: state or province',
  ship_country: 'Shipping: country',
  payment_method: 'Payment method',
  subtotal: 'Subtotal',
  discount_total: 'Discount',
  shipping_total: 'Shipping cost',
  tax_total: 'Tax',
  total: 'Total',
  price_breakdown: 'Price breakdown',
  payment_state: 'Payment',
  fulfillment_state: 'Fulfillment',
  canceled_at: 'Canceled',
  placed_at: 'Placed',
  detail: 'Detail',
  carrier: 'Carrier',
  tracking_number: 'Tracking number',
  tracking_url: 'Tracking link',
  method: 'Payment method',
  amount: 'Amount',
  reference: 'Reference',
  filename: 'File',
  byte_size: 'Size (bytes)',
  overwrite: 'Update existing products',
  dialect: 'File type',
  headers: 'Columns',
  rows_read: 'Rows read',
  bytes_read: 'Bytes read',
  create_count: 'New products',
  update_count: 'Changed products',
  unchanged_count: 'Unchanged products',
  skipped_count: 'Skipped products',
  applied_count: 'Imported products',
  error_count: 'Errors',
  warning_count: 'Warnings',
  failure: 'Error',
  read_at: 'Read',
  applied_at: 'Applied',
  to_email: 'To',
  subject: 'Subject',
  attempts: 'Attempts',
  last_error: 'Last error',
  sent_at: 'Sent',
  email_verified_at: 'Email verified',
  name: 'Name',
  role: 'Role',
  permissions: 'Permissions',
  totp_enabled_at: 'Two-factor authentication since',
  disabled_at: 'Suspended',
  last_seen_at: 'Last seen',
}

const amounts = new Set([
  ...['price', 'compare_at_price', 'cost', 'shipping_rate', 'amount'],
  ...['subtotal', 'discount_total', 'shipping_total', 'tax_total', 'total'],
])

/** Labels of values, by table and column. */
const valueText: Record<string, Record<string, string>> = {
  'users.role': roleLabels,
  'users.permissions': permissionLabels,
  'invitations.role': roleLabels,
  'invitations.permissions': permissionLabels,
  'orders.payment_state': paymentStateLabels,
  'orders.fulfillment_state': fulfillmentStateLabels,
  'emails.status': emailStatusLabels,
  'emails.kind': emailKindLabels,
}

/** A value of the audit log as display text. */
export function formatValue(
  { table, column }: { table: string; column: string },
  value: unknown,
): FieldValue {
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
