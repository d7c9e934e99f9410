/** The audit log for display: one entry per transaction. */
import type { AuditChanges, auditLog } from '#db/schema/audit.ts'
import type { Permission } from '#app/domain/access/access.ts'

export type LogRow = typeof auditLog.$inferSelect

/** Tables in the audit log, with the label of one row. */
export const tableLabels = {
  products: 'product',
  variants: 'variant',
  product_images: 'image of',
  collections: 'collection',
  collection_products: 'position of',
  related_products: 'related product',
  search_synonyms: 'synonyms',
  search_pins: 'pinned results for',
  search_pin_products: 'pinned result',
  search_boosts: 'search ranking of',
  redirects: 'redirect from',
  home_sections: 'home page section',
  pages: 'page',
  settings: 'settings of',
  promotions: 'promotion',
  promotion_items: 'item of a promotion:',
  shipping_zones: 'shipping zone',
  shipping_zone_places: 'place of a shipping zone:',
  shipping_methods: 'shipping method',
  tax_classes: 'tax class',
  tax_rates: 'tax rate for',
  orders: 'order',
  draft_orders: 'draft order',
  order_events: 'timeline of order',
  fulfillments: 'fulfillment of order',
  payments: 'payment for order',
  refunds: 'refund of order',
  returns: 'return of order',
  invoices: 'invoice for order',
  imports: 'import',
  emails: 'email to',
  users: 'account of',
  invitations: 'invitation of',
  sessions: 'session of',
  reviews: 'review of',
} as const satisfies Record<string, string>

export type LoggedTable = keyof typeof tableLabels

export const kinds = [
  'catalog',
  'orders',
  'promotions',
  'reviews',
  'emails',
  'imports',
  'users',
  'settings',
] as const

export type ActivityKind = (typeof kinds)[number]

export const activityKindLabels = {
  catalog: 'Catalog',
  orders: 'Orders',
  promotions: 'Promotions',
  reviews: 'Reviews',
  emails: 'Emails',
  imports: 'Imports',
  users: 'Users',
  settings: 'Settings',
} satisfies Record<ActivityKind, string>

export const kindTables = {
  catalog: [
    ...(['products', 'variants', 'product_images', 'collections', 'collection_products'] as const),
    ...(['related_products', 'search_synonyms', 'search_pins', 'search_pin_products'] as const),
    ...(['search_boosts', 'home_sections', 'pages', 'redirects'] as const),
  ],
  orders: [
    ...(['orders', 'draft_orders', 'order_events', 'fulfillments', 'payments'] as const),
    ...(['refunds', 'returns', 'invoices'] as const),
  ],
  promotions: ['promotions', 'promotion_items'],
  reviews: ['reviews'],
  emails: ['emails'],
  imports: ['imports'],
  users: ['users', 'invitations', 'sessions'],
  settings: [
    ...(['settings', 'shipping_zones', 'shipping_zone_places', 'shipping_methods'] as const),
    ...(['tax_classes', 'tax_rates'] as const),
  ],
} satisfies Record<ActivityKind, LoggedTable[]>

/** One changed row, with everything that happened to it in the transaction. */
export type ChangedRow = {
  table: string
  key: string
  label: string
  action: LogRow['action']
  changes: AuditChanges
}

/** Everything that one user changed in one transaction. */
export type Entry = { id: number; actorId: number; actorName: string; at: Date; changedRows: ChangedRow[] }

/**
 * Groups log rows (newest first) into entries: one per transaction. A row that was written several times becomes one
 * change, from its first state to its last. Changes without an effect are left out.
 */
export function groupEntries(rows: LogRow[]): Entry[] {
  const entries = new Map<string, Entry & { byRow: Map<string, ChangedRow> }>()
  for (const row of rows.toReversed()) {
    const key = `${row.actorId} ${row.at.toISOString()}`
    const { id, actorId, actorName, at } = row
    const byRow = new Map<string, ChangedRow>()
    const entry = entries.get(key) ?? { id, actorId, actorName, at, changedRows: [], byRow }
    entry.id = Math.max(entry.id, id)
    entries.set(key, entry)
    const rowKey = `${row.tableName}/${row.rowKey}`
    entry.byRow.set(rowKey, fold(entry.byRow.get(rowKey), row))
  }
  return [...entries.values()]
    .map(({ byRow, ...entry }) => ({ ...entry, changedRows: [...byRow.values()].filter(hasEffect) }))
    .filter(({ changedRows }) => changedRows.length > 0)
    .sort((a, b) => b.id - a.id)
}

function fold(former: ChangedRow | undefined, row: LogRow): ChangedRow {
  const { tableName: table, rowKey: key, label, action } = row
  if (!former) return { table, key, label, action, changes: row.changes }
  if (action === 'delete') return { ...former, action: 'delete', changes: row.changes }
  const changes = { ...former.changes }
  for (const [column, [before, after]] of Object.entries(row.changes))
    changes[column] = [changes[column] ? changes[column][0] : before, after]
  return { ...former, label, changes }
}

function hasEffect({ action, changes }: ChangedRow): boolean {
  return action !== 'update' || Object.values(changes).some(([before, after]) => !isSame(before, after))
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** The changed columns of a row, in the order of the label list. */
export function changedColumns({ changes }: ChangedRow): [column: string, before: unknown, after: unknown][] {
  return Object.entries(changes)
    .filter(([column, [before, after]]) => !hiddenColumns.has(column) && !isSame(before, after))
    .map(([column, [before, after]]) => [column, before, after])
}

/** Already part of the row's label or the actor, or technical. */
export const hiddenColumns = new Set([
  'id',
  'by_user_id',
  'order_id',
  'product_id',
  'related_id',
  'pin_id',
  'collection_id',
  'session_id',
  'invited_by_id',
  'fulfillment_id',
  'notification_id',
  'draft_id',
  'created_by_id',
  'stock_alert_id',
  'cart_reminder_id',
  'review_id',
  'review_request_id',
  'provider_id',
  'user_agent',
])

/** The admin page that shows a row, and the permission it needs. */
export type Target = { permission: Permission; href: string }
