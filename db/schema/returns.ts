import { sql } from 'drizzle-orm'
import { check, index, integer, pgEnum, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { users } from './accounts.ts'
import { createdAt, foreignId, id, instant } from './columns.ts'
import { orderLines, orders } from './orders.ts'
import { refunds } from './payments.ts'

export const returnState = pgEnum('return_state', [
  'requested',
  'approved',
  'declined',
  'received',
  'refunded',
  'canceled',
])

/** Returns of shipped items, asked for by the customer or started by staff. */
export const returns = pgTable(
  'returns',
  {
    id: id(),
    orderId: foreignId()
      .notNull()
      .references(() => orders.id, { onDelete: 'cascade' }),
    state: returnState().notNull().default('requested'),
    /** From the customer. */
    reason: text().notNull().default(''),
    /** From staff to the customer: where to send it, or why it was declined. */
    answer: text().notNull().default(''),
    refundId: foreignId().references(() => refunds.id, { onDelete: 'set null' }),
    /** Null: the customer. */
    byUserId: foreignId().references(() => users.id, { onDelete: 'set null' }),
    version: integer().notNull().default(1),
    receivedAt: instant(),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  (t) => [
    index('returns_order').on(t.orderId, t.id),
    index('returns_refund').on(t.refundId),
    index('returns_waiting')
      .on(t.createdAt)
      .where(sql`${t.state} in ('requested', 'approved', 'received')`),
  ],
)

export const returnLines = pgTable(
  'return_lines',
  {
    returnId: foreignId()
      .notNull()
      .references(() => returns.id, { onDelete: 'cascade' }),
    orderLineId: foreignId()
      .notNull()
      .references(() => orderLines.id, { onDelete: 'cascade' }),
    quantity: integer().notNull(),
    restockedQuantity: integer().notNull().default(0),
  },
  (t) => [
    primaryKey({ name: 'return_lines_pkey', columns: [t.returnId, t.orderLineId] }),
    index('return_lines_order_line').on(t.orderLineId),
    check('return_lines_quantity', sql`${t.quantity} > 0`),
    check('return_lines_restocked', sql`${t.restockedQuantity} between 0 and ${t.quantity}`),
  ],
)
