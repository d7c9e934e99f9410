import { sql } from 'drizzle-orm'
import { boolean, index, pgEnum, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { createdAt, foreignId, id, instant } from './columns.ts'
import { users } from './accounts.ts'
import { products } from './catalog.ts'
import { imports } from './imports.ts'
import { orders } from './orders.ts'

export const notificationKind = pgEnum('notification_kind', [
  'order-confirmed',
  'order-paid',
  'order-shipped',
  'order-cancelled',
  'new-order',
  'low-stock',
  'import-ready',
  'job-failed',
])

/** What somebody was told, on every device of theirs until they have read it. */
export const notifications = pgTable(
  'notifications',
  {
    id: id(),
    userId: foreignId()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: notificationKind().notNull(),
    /** One per person and thing that happened, for example "order:12:order-paid". */
    dedupeKey: text().notNull(),
    /** What it is about, as it was called then: "#1001", "Clay pot, Small", "lamps.csv". */
    about: text().notNull(),
    orderId: foreignId().references(() => orders.id, { onDelete: 'cascade' }),
    productId: foreignId().references(() => products.id, { onDelete: 'cascade' }),
    importId: foreignId().references(() => imports.id, { onDelete: 'cascade' }),
    readAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('notifications_dedupe_key').on(t.userId, t.dedupeKey),
    index('notifications_newest').on(t.userId, t.id.desc()),
    index('notifications_unread')
      .on(t.userId)
      .where(sql`${t.readAt} is null`),
    index('notifications_order').on(t.orderId),
    index('notifications_product').on(t.productId),
    index('notifications_import').on(t.importId),
  ],
)

/** How somebody wants to be told of a kind of thing; without a row, as the kind has it by itself. */
export const notificationPreferences = pgTable(
  'notification_preferences',
  {
    userId: foreignId()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: notificationKind().notNull(),
    inApp: boolean().notNull(),
    byMail: boolean().notNull(),
  },
  (t) => [primaryKey({ name: 'notification_preferences_pkey', columns: [t.userId, t.kind] })],
)
