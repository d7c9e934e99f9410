import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  pgEnum,
  pgTable,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { createdAt, foreignId, id, instant, isAmount, money } from './columns.ts'
import { collections, products } from './catalog.ts'
import { orders } from './orders.ts'

export const promotionKind = pgEnum('promotion_kind', ['percent', 'fixed', 'free-shipping', 'buy-x-get-y'])

export const promotions = pgTable(
  'promotions',
  {
    id: id(),
    /** Shown to shoppers. */
    title: text().notNull(),
    kind: promotionKind().notNull(),
    /** Applies without a code. */
    isAutomatic: boolean().notNull(),
    /** The code that everyone may use, in upper case; generated codes are in promotion_codes. */
    code: text(),
    /** How many codes were generated. */
    generatedCodes: integer().notNull().default(0),
    /** Off the price, in hundredths of a percent; of "buy X get Y", off the items that are got. */
    percent: integer(),
    /** Off the order, in minor units. */
    amount: money(),
    /** Free shipping: only for rates of at most this. */
    maxRate: money(),
    buyQuantity: integer(),
    getQuantity: integer(),
    maxSets: integer(),
    /** For all products; otherwise for those in promotion_items. The same for what is got. */
    isForAll: boolean().notNull().default(true),
    getsAll: boolean().notNull().default(true),
    minQuantity: integer(),
    minSubtotal: money(),
    isCombinable: boolean().notNull().default(true),
    isFirstOrderOnly: boolean().notNull().default(false),
    /** Orders in total, and of each customer. */
    usageLimit: integer(),
    limitPerCustomer: integer(),
    startsAt: instant().notNull(),
    /** Exclusive. */
    endsAt: instant(),
    version: integer().notNull().default(1),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  (t) => [
    uniqueIndex('promotions_code_key').on(t.code),
    check('promotions_title_present', sql`${t.title} <> ''`),
    check(
      'promotions_code_shape',
      sql`${t.code} = upper(${t.code}) and ${t.code} !~ '\\s' and ${t.code} <> ''`,
    ),
    check('promotions_automatic_has_no_code', sql`not (${t.isAutomatic} and ${t.code} is not null)`),
    check(
      'promotions_benefit',
      sql`case ${t.kind}
        when 'percent' then num_nulls(${t.percent}, ${t.amount}, ${t.buyQuantity}, ${t.getQuantity}) = 3 and ${t.percent} is not null
        when 'fixed' then num_nulls(${t.percent}, ${t.amount}, ${t.buyQuantity}, ${t.getQuantity}) = 3 and ${t.amount} is not null
        when 'free-shipping' then num_nonnulls(${t.percent}, ${t.amount}, ${t.buyQuantity}, ${t.getQuantity}) = 0
        else num_nulls(${t.percent}, ${t.buyQuantity}, ${t.getQuantity}) = 0 and ${t.amount} is null end`,
    ),
    check('promotions_percent', sql`${t.percent} between 1 and 10000`),
    check('promotions_amount', sql`${t.amount} > 0 and ${isAmount(t.amount)}`),
    check('promotions_max_rate_amount', isAmount(t.maxRate)),
    check('promotions_min_subtotal_amount', isAmount(t.minSubtotal)),
    check(
      'promotions_quantities',
      sql`${t.buyQuantity} > 0 and ${t.getQuantity} > 0 and coalesce(${t.maxSets}, 1) > 0 or ${t.kind} <> 'buy-x-get-y'`,
    ),
    check(
      'promotions_limits',
      sql`coalesce(${t.usageLimit}, 1) > 0 and coalesce(${t.limitPerCustomer}, 1) > 0 and coalesce(${t.minQuantity}, 1) > 0`,
    ),
    check('promotions_ends_after_start', sql`${t.endsAt} > ${t.startsAt}`),
  ],
)

/** A promotion's products and collections: those to buy, and of "buy X get Y" those to get. */
export const promotionItems = pgTable(
  'promotion_items',
  {
    id: id(),
    promotionId: foreignId()
      .notNull()
      .references(() => promotions.id, { onDelete: 'cascade' }),
    isGet: boolean().notNull().default(false),
    productId: foreignId().references(() => products.id, { onDelete: 'cascade' }),
    collectionId: foreignId().references(() => collections.id, { onDelete: 'cascade' }),
  },
  (t) => [
    unique('promotion_items_key').on(t.promotionId, t.isGet, t.productId, t.collectionId).nullsNotDistinct(),
    check('promotion_items_one', sql`num_nonnulls(${t.productId}, ${t.collectionId}) = 1`),
    index('promotion_items_product').on(t.productId),
    index('promotion_items_collection').on(t.collectionId),
  ],
)

/** Generated codes: each is for one order. */
export const promotionCodes = pgTable(
  'promotion_codes',
  {
    id: id(),
    promotionId: foreignId()
      .notNull()
      .references(() => promotions.id, { onDelete: 'cascade' }),
    code: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('promotion_codes_key').on(t.code),
    index('promotion_codes_promotion').on(t.promotionId, t.id),
  ],
)

/** The promotions of an order. */
export const promotionRedemptions = pgTable(
  'promotion_redemptions',
  {
    id: id(),
    promotionId: foreignId()
      .notNull()
      .references(() => promotions.id, { onDelete: 'restrict' }),
    orderId: foreignId()
      .notNull()
      .references(() => orders.id, { onDelete: 'cascade' }),
    /** The code that was typed; empty for an automatic promotion. */
    code: text().notNull().default(''),
    /** What was taken off, in minor units. */
    amount: money().notNull(),
    /** The order was canceled: the redemption does not count. */
    releasedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('promotion_redemptions_key').on(t.orderId, t.promotionId),
    check('promotion_redemptions_amount', sql`${t.amount} > 0 and ${isAmount(t.amount)}`),
    index('promotion_redemptions_used')
      .on(t.promotionId)
      .where(sql`${t.releasedAt} is null`),
    index('promotion_redemptions_code')
      .on(t.code)
      .where(sql`${t.releasedAt} is null and ${t.code} <> ''`),
  ],
)
