import { type SQL, sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  pgSequence,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
  boolean,
} from 'drizzle-orm/pg-core'
import { bytea, bytewise, createdAt, foreignId, id, instant, isAmount, money } from './columns.ts'
import { sessions, users } from './accounts.ts'
import { products, variants } from './catalog.ts'

export const paymentState = pgEnum('payment_state', [
  'pending',
  'authorized',
  'paid',
  'partially-refunded',
  'refunded',
  'voided',
])
export const fulfillmentState = pgEnum('fulfillment_state', ['unfulfilled', 'partly-fulfilled', 'fulfilled'])
export const paymentMethod = pgEnum('payment_method', ['bank-transfer', 'cash-on-delivery', 'none', 'stripe'])

/** Order numbers start at 1001; a rolled-back order leaves a gap. */
export const orderNumbers = pgSequence('order_numbers', { startWith: 1001 })

/** One line of the price breakdown: a rule and its amount in minor units. */
export type PriceStep = {
  kind: 'line' | 'discount' | 'shipping' | 'tax'
  label: string
  /** Below 0 for a discount; 0 for tax that prices contain. */
  amount: number
  /** Of a tax: its rate in thousandths of a percent, the tax, and the amount it is a part of or is added to. */
  tax?: { rate: number; base: number; amount: number }
}

/** The rules an order was priced by: an edit prices it by them again. */
export type PricingTerms = {
  /** Prices contain tax. */
  isIncluded: boolean
  taxLabel: string
  shippingTax: { kind: 'none' | 'goods' } | { kind: 'class'; rate: number }
  /** Tax rates by variant, which the lines of a reverse charge do not have. */
  rates: [variantId: number, rate: number][]
  /** The promotions that were applied, without their limits and dates. */
  offers: { code: string | null; promotion: object }[]
}

/** What a search for part of a name or email address looks at; it has an index. */
export const contactOf = (t: { email: AnyPgColumn; shipName: AnyPgColumn }) =>
  sql`lower(${t.email} || ' ' || ${t.shipName})`

export const orders = pgTable(
  'orders',
  {
    id: id(),
    /** Starts at 1001; shown after the shop's prefix. */
    number: bigint({ mode: 'number' })
      .notNull()
      .default(sql`nextval('order_numbers')`),
    /** The prefix when the order was placed. */
    numberPrefix: text().notNull(),
    /** 128 random bits in the receipt's URL. */
    token: text().notNull(),
    /** From the checkout form: one form, one order. */
    checkoutKey: uuid().notNull(),
    /** SHA-256 of what was ordered; the same key with other contents is refused. */
    contentHash: bytea().notNull(),
    userId: foreignId().references(() => users.id, { onDelete: 'set null' }),
    sessionId: foreignId().references(() => sessions.id, { onDelete: 'set null' }),
    email: text().notNull(),
    /** The same for all spellings of one mailbox. */
    customerKey: text()
      .notNull()
      .generatedAlwaysAs((): SQL => sql`customer_key(email)`),
    phone: text().notNull().default(''),
    customerNote: text().notNull().default(''),

    shipName: text().notNull(),
    shipCompany: text().notNull().default(''),
    shipLine1: text().notNull(),
    shipLine2: text().notNull().default(''),
    shipPostcode: text().notNull().default(''),
    shipCity: text().notNull(),
    shipRegion: text().notNull().default(''),
    shipCountry: text().notNull(),

    /** The customer's VAT number, and whether they owe the tax themselves. */
    vatNumber: text().notNull().default(''),
    isReverseCharge: boolean().notNull().default(false),

    shippingLabel: text().notNull(),
    isPickup: boolean().notNull().default(false),
    paymentMethod: paymentMethod().notNull(),
    currency: text().notNull(),
    subtotal: money().notNull(),
    discountTotal: money().notNull().default(0),
    shippingTotal: money().notNull(),
    shippingDiscount: money().notNull().default(0),
    /** Tax that the total contains. */
    taxTotal: money().notNull().default(0),
    /** What tax changes the total by: below 0 when contained tax is not charged. */
    taxAdded: money().notNull().default(0),
    total: money().notNull(),
    priceBreakdown: jsonb().$type<PriceStep[]>().notNull(),
    /** Null for an order from before orders could be edited. */
    pricingTerms: jsonb().$type<PricingTerms>(),

    /** Sums of the order's payments and refunds, in minor units; a refund counts unless it failed. */
    receivedTotal: money().notNull().default(0),
    authorizedTotal: money().notNull().default(0),
    refundedTotal: money().notNull().default(0),
    paymentState: paymentState().notNull().default('pending'),
    /** An unpaid order is canceled after this; null: it waits. */
    payBy: instant(),
    /** The customer disputes the payment with their bank: nothing is shipped. */
    isDisputed: boolean().notNull().default(false),
    fulfillmentState: fulfillmentState().notNull().default('unfulfilled'),
    canceledAt: instant(),
    version: integer().notNull().default(1),
    placedAt: createdAt(),
    updatedAt: createdAt(),
  },
  (t) => [
    uniqueIndex('orders_number_key').on(t.number),
    uniqueIndex('orders_token_key').on(t.token),
    uniqueIndex('orders_checkout_key').on(t.checkoutKey),
    index('orders_newest').on(t.placedAt.desc(), t.id.desc()),
    index('orders_email').on(t.email),
    index('orders_contact').using('gin', sql`${contactOf(t)} gin_trgm_ops`),
    index('orders_customer_key').on(t.customerKey),
    index('orders_user').on(t.userId),
    index('orders_session').on(t.sessionId),
    index('open_orders')
      .on(t.placedAt)
      .where(
        sql`${t.canceledAt} is null and (${t.paymentState} = 'pending' or ${t.fulfillmentState} <> 'fulfilled')`,
      ),
    index('orders_to_expire')
      .on(t.payBy)
      .where(sql`${t.payBy} is not null and ${t.canceledAt} is null and ${t.paymentState} = 'pending'`),
    check('orders_refunded_within_received', sql`${t.refundedTotal} between 0 and ${t.receivedTotal}`),
    check('orders_token_length', sql`length(${t.token}) >= 22`),
    check('orders_subtotal_amount', isAmount(t.subtotal)),
    check('orders_shipping_amount', isAmount(t.shippingTotal)),
    check('orders_tax_amount', isAmount(t.taxTotal)),
    check('orders_discount_within_subtotal', sql`${t.discountTotal} between 0 and ${t.subtotal}`),
    check(
      'orders_shipping_discount_within_shipping',
      sql`${t.shippingDiscount} between 0 and ${t.shippingTotal}`,
    ),
    check(
      'orders_tax_added',
      sql`${t.taxAdded} in (0, ${t.taxTotal}) or ${t.taxAdded} < 0 and ${t.isReverseCharge} and ${t.taxTotal} = 0`,
    ),
    check(
      'orders_total_adds_up',
      sql`${t.total} = ${t.subtotal} - ${t.discountTotal} + ${t.shippingTotal} - ${t.shippingDiscount} + ${t.taxAdded} and ${t.total} >= 0`,
    ),
  ],
)

export const orderLines = pgTable(
  'order_lines',
  {
    id: id(),
    orderId: foreignId()
      .notNull()
      .references(() => orders.id, { onDelete: 'cascade' }),
    variantId: foreignId().references(() => variants.id, { onDelete: 'set null' }),
    productId: foreignId().references(() => products.id, { onDelete: 'set null' }),
    title: text().notNull(),
    variantTitle: text().notNull().default(''),
    sku: text().notNull().default(''),
    quantity: integer().notNull(),
    unitPrice: money().notNull(),
    discountTotal: money().notNull().default(0),
    lineTotal: money().notNull(),
    /** Thousandths of a percent. */
    taxRate: integer().notNull().default(0),
    /** Contained in the line's total or added to it. */
    taxTotal: money().notNull().default(0),
    requiresShipping: boolean().notNull().default(true),
    /** Stock was taken for this line, so canceling returns it. */
    stockTaken: boolean().notNull(),
    fulfilledQuantity: integer().notNull().default(0),
    /** Units that came back from the customer, and units whose price was refunded. */
    returnedQuantity: integer().notNull().default(0),
    refundedQuantity: integer().notNull().default(0),
    /** Units that were refunded before they were shipped, and are not shipped any more. */
    removedQuantity: integer().notNull().default(0),
    /** The search that led to the product. Personal data, so deleted with the account, and after the reports' days. */
    searchQuery: bytewise(),
  },
  (t) => [
    index('order_lines_order').on(t.orderId),
    index('order_lines_sku')
      .on(sql`lower(${t.sku})`)
      .where(sql`${t.sku} <> ''`),
    index('order_lines_variant').on(t.variantId),
    index('order_lines_searched')
      .on(t.orderId)
      .where(sql`${t.searchQuery} is not null`),
    check('order_lines_search_query', sql`length(${t.searchQuery}) between 1 and 100`),
    check('order_lines_quantity', sql`${t.quantity} between 1 and 999`),
    check(
      'order_lines_fulfilled',
      sql`${t.fulfilledQuantity} between 0 and ${t.quantity} - ${t.removedQuantity}`,
    ),
    check('order_lines_returned', sql`${t.returnedQuantity} between 0 and ${t.fulfilledQuantity}`),
    check('order_lines_refunded', sql`${t.refundedQuantity} between 0 and ${t.quantity}`),
    check('order_lines_removed', sql`${t.removedQuantity} between 0 and ${t.refundedQuantity}`),
    check('order_lines_unit_price_amount', isAmount(t.unitPrice)),
    check('order_lines_tax_amount', isAmount(t.taxTotal)),
    check(
      'order_lines_total_adds_up',
      sql`${t.lineTotal} = ${t.unitPrice} * ${t.quantity} - ${t.discountTotal} and ${t.discountTotal} >= 0 and ${t.lineTotal} >= 0`,
    ),
  ],
)

/** Staff who have the order open now; unlogged, because it is valid only for moments. */
export const orderPresence = pgTable(
  'order_presence',
  {
    orderId: foreignId()
      .notNull()
      .references(() => orders.id, { onDelete: 'cascade' }),
    userId: foreignId()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    seenAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: 'order_presence_pkey', columns: [t.orderId, t.userId] }),
    index('order_presence_user').on(t.userId),
  ],
)

export const orderEventKind = pgEnum('order_event_kind', [
  'placed',
  'paid',
  'fulfilled',
  'canceled',
  'note',
  'email-sent',
  'authorized',
  'payment-failed',
  'payment-review',
  'refunded',
  'refund-failed',
  'voided',
  'expired',
  'revived',
  'edited',
  'shipment-canceled',
  'delivered',
  'disputed',
  'dispute-closed',
  'return-requested',
  'return-approved',
  'return-declined',
  'return-received',
  'return-canceled',
  'invoice-issued',
  'credit-note-issued',
  'message',
])

/** The order's timeline: what happened, when, by whom. */
export const orderEvents = pgTable(
  'order_events',
  {
    id: id(),
    orderId: foreignId()
      .notNull()
      .references(() => orders.id, { onDelete: 'cascade' }),
    kind: orderEventKind().notNull(),
    /** Text for staff; the text of a note. */
    detail: text().notNull().default(''),
    byUserId: foreignId().references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
  },
  (t) => [index('order_events_order').on(t.orderId, t.id)],
)
