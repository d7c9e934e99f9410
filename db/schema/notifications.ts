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
  'payment-failed',
  'order-shipped',
  'order-canceled',
  'order-edited',
  'order-message',
  'order-refunded',
  'order-delivered',
  'return-requested',
  'return-approved',
  'return-declined',
  'return-received',
  'review-approved',
  'review-rejected',
  'review-replied',
  'new-order',
  'payment-problem',
  'low-stock',
  'import-ready',
  'job-failed',
  'canceled-by-customer',
  'refund-failed',
  'new-return',
  'daily-summary',
  'new-review',
])

/** A user's notifications, shown on all their devices. */
export const notifications = pgTable(
  'notifications',
  {
    id: id(),
    userId: foreignId()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: notificationKind().notNull(),
    /** One per user and event, for example "order:12:order-paid". */
    dedupeKey: text().notNull(),
    /** What it is about, under its name at that time: "#1001", "Clay pot, Small", "lamps.csv". */
    subject: text().notNull(),
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

/** A user's preferences per kind; without a row, the kind's defaults apply. */
export const notificationPreferences = pgTable(
  'notification_preferences',
  {
    userId: foreignId()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: notificationKind().notNull(),
    inApp: boolean().notNull(),
    byEmail: boolean().notNull(),
  },
  (t) => [primaryKey({ name: 'notification_preferences_pkey', columns: [t.userId, t.kind] })],
)
