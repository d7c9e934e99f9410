import { sql } from 'drizzle-orm'
import { bigint, boolean, check, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { createdAt, foreignId, id, instant, isAmount, money } from './columns.ts'
import { taxClasses, variants } from './catalog.ts'

export const taxRates = pgTable(
  'tax_rates',
  {
    id: id(),
    /** ISO 3166. */
    country: text().notNull(),
    /** As in addresses; empty for the whole country. */
    region: text().notNull().default(''),
    /** Null: products without a tax class of their own. */
    taxClassId: foreignId().references(() => taxClasses.id, { onDelete: 'cascade' }),
    /** Thousandths of a percent. */
    rate: integer().notNull(),
    version: integer().notNull().default(1),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  (t) => [
    unique('tax_rates_key').on(t.country, t.region, t.taxClassId).nullsNotDistinct(),
    check('tax_rates_country', sql`${t.country} ~ '^[A-Z]{2}$'`),
    check('tax_rates_rate', sql`${t.rate} between 0 and 100000`),
  ],
)

/**
 * One row. A trigger on promotions, shipping and tax rates replaces the version, so that a process that has read the
 * rules of this version does not have to read them again.
 */
export const pricingVersion = pgTable(
  'pricing_version',
  {
    isOnly: boolean().primaryKey().default(true),
    version: uuid().notNull().defaultRandom(),
  },
  (t) => [check('pricing_version_is_one_row', sql`${t.isOnly}`)],
)

/**
 * What a variant cost shoppers, and since when: a row for each change, written by triggers (db/functions/prices.sql).
 * The newest row of a variant is the one with the highest id; a variant that was never on sale has none.
 */
export const priceHistory = pgTable(
  'price_history',
  {
    variantId: foreignId()
      .notNull()
      .references(() => variants.id, { onDelete: 'cascade' }),
    id: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    /** Null: not on sale. */
    price: money(),
    /** With a compare-at price above the price. */
    isReduced: boolean().notNull(),
    /** The product's publish date: the variant is on sale from the later of the two. */
    publishedAt: instant(),
    startsAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ name: 'price_history_pkey', columns: [t.variantId, t.id] }),
    check('price_history_price_amount', isAmount(t.price)),
    check(
      'price_history_on_sale',
      sql`(${t.price} is null) = (${t.publishedAt} is null) and (${t.price} is not null or not ${t.isReduced})`,
    ),
  ],
)
