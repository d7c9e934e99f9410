import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { users } from './accounts.ts'
import { createdAt, foreignId, id, instant } from './columns.ts'
import { orderLines, orders } from './orders.ts'

/** Shipments of an order. */
export const fulfillments = pgTable(
  'fulfillments',
  {
    id: id(),
    orderId: foreignId()
      .notNull()
      .references(() => orders.id, { onDelete: 'cascade' }),
    carrier: text().notNull().default(''),
    trackingNumber: text().notNull().default(''),
    trackingUrl: text().notNull().default(''),
    deliveredAt: instant(),
    /** Its units are unfulfilled again. */
    canceledAt: instant(),
    byUserId: foreignId().references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
  },
  (t) => [
    index('fulfillments_order').on(t.orderId),
    index('fulfillments_tracking_number')
      .on(sql`lower(${t.trackingNumber})`)
      .where(sql`${t.trackingNumber} <> ''`),
  ],
)

export const fulfillmentLines = pgTable(
  'fulfillment_lines',
  {
    fulfillmentId: foreignId()
      .notNull()
      .references(() => fulfillments.id, { onDelete: 'cascade' }),
    orderLineId: foreignId()
      .notNull()
      .references(() => orderLines.id, { onDelete: 'cascade' }),
    quantity: integer().notNull(),
  },
  (t) => [
    primaryKey({ name: 'fulfillment_lines_pkey', columns: [t.fulfillmentId, t.orderLineId] }),
    index('fulfillment_lines_order_line').on(t.orderLineId),
    check('fulfillment_lines_quantity', sql`${t.quantity} > 0`),
  ],
)
