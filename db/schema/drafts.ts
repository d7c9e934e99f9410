import { sql } from 'drizzle-orm'
import { check, index, integer, pgEnum, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { createdAt, foreignId, id, instant, isAmount, money } from './columns.ts'
import { users } from './accounts.ts'
import { orders } from './orders.ts'

export const draftState = pgEnum('draft_state', ['open', 'sent', 'placed', 'deleted'])

/** An order that staff prepare for a customer. Its items and codes are in a cart of its own. */
export const draftOrders = pgTable(
  'draft_orders',
  {
    id: id(),
    /** 128 random bits in the URL where the customer places the order. */
    token: text().notNull(),
    state: draftState().notNull().default('open'),
    version: integer().notNull().default(1),
    /** The customer's account. */
    userId: foreignId().references(() => users.id, { onDelete: 'set null' }),
    email: text().notNull().default(''),
    phone: text().notNull().default(''),
    shipName: text().notNull().default(''),
    shipCompany: text().notNull().default(''),
    shipLine1: text().notNull().default(''),
    shipLine2: text().notNull().default(''),
    shipPostcode: text().notNull().default(''),
    shipCity: text().notNull().default(''),
    shipRegion: text().notNull().default(''),
    shipCountry: text().notNull().default(''),
    vatNumber: text().notNull().default(''),
    /** The id of the shipping method; empty: the cheapest. */
    shippingMethod: text().notNull().default(''),
    /** Shown to the customer; and for staff only. */
    message: text().notNull().default(''),
    internalNote: text().notNull().default(''),
    /** The items in words and the total in minor units, as last saved. */
    items: text().notNull().default(''),
    total: money().notNull().default(0),
    /** The order that it became. */
    orderId: foreignId().references(() => orders.id),
    createdById: foreignId().references(() => users.id, { onDelete: 'set null' }),
    sentAt: instant(),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  (t) => [
    uniqueIndex('draft_orders_token_key').on(t.token),
    uniqueIndex('draft_orders_order_key').on(t.orderId),
    index('draft_orders_newest').on(t.updatedAt.desc(), t.id.desc()),
    index('draft_orders_user').on(t.userId),
    index('draft_orders_created_by').on(t.createdById),
    check('draft_orders_token_length', sql`length(${t.token}) >= 22`),
    check('draft_orders_total_amount', isAmount(t.total)),
    check('draft_orders_placed', sql`(${t.state} = 'placed') = (${t.orderId} is not null)`),
  ],
)
