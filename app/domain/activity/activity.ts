/** The audit log as people read it: one entry for what somebody did at once, in words. */
import type { AuditChanges, auditLog } from '#db/schema/audit.ts'
import type { Area } from '#app/domain/accounts/access.ts'

export type LogRow = typeof auditLog.$inferSelect

/** What is in the log, by table, and what one of it is called. */
export const thingText = {
  products: 'product',
  variants: 'variant',
  product_images: 'picture of',
  collections: 'collection',
  collection_products: 'place of',
  settings: 'settings of',
  orders: 'order',
  order_events: 'timeline of order',
  fulfilments: 'fulfilment of order',
  payments: 'payment for order',
  imports: 'import',
  mails: 'mail to',
  users: 'account of',
  invitations: 'invitation of',
  sessions: 'session of',
} as const satisfies Record<string, string>

export type LoggedTable = keyof typeof thingText

export const kinds = ['catalogue', 'orders', 'mails', 'imports', 'people', 'settings'] as const

export type ActivityKind = (typeof kinds)[number]

export const kindText = {
  catalogue: 'Catalogue',
  orders: 'Orders',
  mails: 'Mails',
  imports: 'Imports',
  people: 'People',
  settings: 'Settings',
} satisfies Record<ActivityKind, string>

export const kindTables = {
  catalogue: ['products', 'variants', 'product_images', 'collections', 'collection_products'],
  orders: ['orders', 'order_events', 'fulfilments', 'payments'],
  mails: ['mails'],
  imports: ['imports'],
  people: ['users', 'invitations', 'sessions'],
  settings: ['settings'],
} satisfies Record<ActivityKind, LoggedTable[]>

/** One row that was written, with everything that happened to it in the transaction. */
export type Thing = {
  table: string
  key: string
  label: string
  action: LogRow['action']
  changes: AuditChanges
}

/** What one person did in one transaction. */
export type Entry = { id: number; actorId: number; actorName: string; at: Date; things: Thing[] }

/**
 * Folds rows of the log (newest first) into entries: a transaction is one, and in it a row that was written several
 * times is one thing, from what it was before to what it is after. What came to nothing is left out.
 */
export function foldEntries(rows: LogRow[]): Entry[] {
  const entries = new Map<string, Entry & { byRow: Map<string, Thing> }>()
  for (const row of rows.toReversed()) {
    const key = `${row.actorId} ${row.at.toISOString()}`
    const { id, actorId, actorName, at } = row
    const entry = entries.get(key) ?? {
      id,
      actorId,
      actorName,
      at,
      things: [],
      byRow: new Map<string, Thing>(),
    }
    entry.id = Math.max(entry.id, id)
    entries.set(key, entry)
    const rowKey = `${row.tableName}/${row.rowKey}`
    entry.byRow.set(rowKey, fold(entry.byRow.get(rowKey), row))
  }
  return [...entries.values()]
    .map(({ byRow, ...entry }) => ({ ...entry, things: [...byRow.values()].filter(isSomething) }))
    .filter(({ things }) => things.length > 0)
    .sort((a, b) => b.id - a.id)
}

function fold(former: Thing | undefined, row: LogRow): Thing {
  const { tableName: table, rowKey: key, label, action } = row
  if (!former) return { table, key, label, action, changes: row.changes }
  if (action === 'delete') return { ...former, action: 'delete', changes: row.changes }
  const changes = { ...former.changes }
  for (const [column, [before, after]] of Object.entries(row.changes))
    changes[column] = [changes[column] ? changes[column][0] : before, after]
  return { ...former, label, changes }
}

function isSomething({ action, changes }: Thing): boolean {
  return action !== 'update' || Object.values(changes).some(([before, after]) => !isSame(before, after))
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** The columns of a thing that changed, in the order of the list of words. */
export function changedColumns({ changes }: Thing): [column: string, before: unknown, after: unknown][] {
  return Object.entries(changes)
    .filter(([column, [before, after]]) => !silentColumns.has(column) && !isSame(before, after))
    .map(([column, [before, after]]) => [column, before, after])
}

/** Said already by the thing's name or by who did it, or of no meaning to people. */
export const silentColumns = new Set([
  'id',
  'by_user_id',
  'order_id',
  'product_id',
  'collection_id',
  'session_id',
  'invited_by_id',
  'fulfilment_id',
  'notification_id',
  'provider_id',
  'user_agent',
])

/** The part of the admin that a thing is opened in. */
export type Target = { area: Area; href: string }
