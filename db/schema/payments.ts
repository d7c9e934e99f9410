import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { users } from './accounts.ts'
import { createdAt, foreignId, id, instant, isAmount, money } from './columns.ts'
import { orderLines, orders, paymentMethod } from './orders.ts'

/**
 * authorized: held at the customer's bank. received: captured, or reported by staff. released: the hold ended without a
 * capture. review: the amount or currency differs from what was asked for; it does not count until staff decide.
 */
export const paymentStatus = pgEnum('payment_status', ['authorized', 'received', 'released', 'review'])

/** The payments of an order. */
export const payments = pgTable(
  'payments',
  {
    id: id(),
    orderId: foreignId()
      .notNull()
      .references(() => orders.id, { onDelete: 'restrict' }),
    method: paymentMethod().notNull(),
    status: paymentStatus().notNull().default('received'),
    /** Of a hold, the amount held until it is captured. */
    amount: money().notNull(),
    currency: text().notNull(),
    reference: text().notNull().default(''),
    /** The payment intent at the provider; null for a payment that staff reported. */
    providerId: text(),
    byUserId: foreignId().references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
  },
  (t) => [
    index('payments_order').on(t.orderId),
    unique('payments_provider_key').on(t.method, t.providerId),
    check('payments_amount', isAmount(t.amount)),
  ],
)

/**
 * creating: the provider may or may not know of it. open: the customer can pay. processing: the bank will answer later.
 */
export const attemptStatus = pgEnum('payment_attempt_status', [
  'creating',
  'open',
  'processing',
  'paid',
  'failed',
  'expired',
])

/** Hosted payment pages. The row holds every parameter, so that a repeated call to the provider is the same. */
export const paymentAttempts = pgTable(
  'payment_attempts',
  {
    id: id(),
    orderId: foreignId()
      .notNull()
      .references(() => orders.id, { onDelete: 'restrict' }),
    status: attemptStatus().notNull().default('creating'),
    amount: money().notNull(),
    currency: text().notNull(),
    /** Only a hold; staff capture it. */
    isAuthorization: boolean().notNull().default(false),
    sessionId: text(),
    url: text(),
    /** Why it failed, from the provider. */
    failure: text().notNull().default(''),
    expiresAt: instant().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    index('payment_attempts_order').on(t.orderId, t.id),
    uniqueIndex('payment_attempts_session_key').on(t.sessionId),
    // An order has one page on which it can be paid.
    uniqueIndex('payment_attempts_one_open')
      .on(t.orderId)
      .where(sql`${t.status} in ('creating', 'open', 'processing')`),
    index('payment_attempts_unfinished')
      .on(t.expiresAt)
      .where(sql`${t.status} in ('creating', 'open', 'processing')`),
    check('payment_attempts_amount', sql`${t.amount} > 0 and ${isAmount(t.amount)}`),
    check('payment_attempts_url', sql`(${t.sessionId} is null) = (${t.url} is null)`),
  ],
)

/** Events from the provider, each once. */
export const providerEvents = pgTable(
  'provider_events',
  {
    /** From the provider. */
    id: text().primaryKey(),
    kind: text().notNull(),
    /** The body as it was signed. */
    body: text().notNull(),
    processedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    index('provider_events_unprocessed')
      .on(t.createdAt)
      .where(sql`${t.processedAt} is null`),
  ],
)

/** What is paid back and for what. How the money moves: refund_transfers. */
export const refunds = pgTable(
  'refunds',
  {
    id: id(),
    orderId: foreignId()
      .notNull()
      .references(() => orders.id, { onDelete: 'restrict' }),
    /** The sum of its lines, of its part of shipping, and of an amount without a line; with tax. */
    amount: money().notNull(),
    /** The part that is shipping, with its tax. */
    shippingAmount: money().notNull().default(0),
    shippingTax: money().notNull().default(0),
    /** The part without a line, and its tax by rate: [[rate, tax], ...]. */
    extraAmount: money().notNull().default(0),
    extraTax: jsonb().$type<[rate: number, tax: number][]>().notNull().default([]),
    /** The part that was paid beyond the total: it is on no invoice. */
    excessAmount: money().notNull().default(0),
    reason: text().notNull().default(''),
    /** Made in the provider's own pages. */
    isExternal: boolean().notNull().default(false),
    byUserId: foreignId().references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
  },
  (t) => [
    index('refunds_order').on(t.orderId, t.id),
    check('refunds_amount', sql`${t.amount} > 0 and ${isAmount(t.amount)}`),
    check(
      'refunds_parts',
      sql`${t.shippingAmount} >= 0 and ${t.shippingTax} >= 0 and ${t.extraAmount} >= 0
        and ${t.excessAmount} >= 0 and ${t.shippingAmount} + ${t.extraAmount} + ${t.excessAmount} <= ${t.amount}`,
    ),
  ],
)

export const refundLines = pgTable(
  'refund_lines',
  {
    refundId: foreignId()
      .notNull()
      .references(() => refunds.id, { onDelete: 'cascade' }),
    orderLineId: foreignId()
      .notNull()
      .references(() => orderLines.id, { onDelete: 'restrict' }),
    quantity: integer().notNull(),
    /** With tax. */
    amount: money().notNull(),
    tax: money().notNull(),
    /** Units that went back into stock. */
    restockedQuantity: integer().notNull().default(0),
  },
  (t) => [
    primaryKey({ name: 'refund_lines_pkey', columns: [t.refundId, t.orderLineId] }),
    index('refund_lines_order_line').on(t.orderLineId),
    check('refund_lines_quantity', sql`${t.quantity} > 0`),
    check('refund_lines_restocked', sql`${t.restockedQuantity} between 0 and ${t.quantity}`),
    check('refund_lines_amount', sql`${isAmount(t.amount)} and ${t.tax} between 0 and ${t.amount}`),
  ],
)

export const transferStatus = pgEnum('refund_transfer_status', ['pending', 'done', 'failed'])

/** Money of a refund that goes back the way a payment came. */
export const refundTransfers = pgTable(
  'refund_transfers',
  {
    id: id(),
    refundId: foreignId()
      .notNull()
      .references(() => refunds.id, { onDelete: 'restrict' }),
    paymentId: foreignId()
      .notNull()
      .references(() => payments.id, { onDelete: 'restrict' }),
    status: transferStatus().notNull().default('pending'),
    amount: money().notNull(),
    /** The refund at the provider; null before its answer, and for money that staff send. */
    providerId: text(),
    failure: text().notNull().default(''),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  (t) => [
    index('refund_transfers_refund').on(t.refundId),
    index('refund_transfers_payment').on(t.paymentId),
    uniqueIndex('refund_transfers_provider_key').on(t.providerId),
    index('refund_transfers_pending')
      .on(t.createdAt)
      .where(sql`${t.status} = 'pending'`),
    check('refund_transfers_amount', sql`${t.amount} > 0 and ${isAmount(t.amount)}`),
  ],
)
