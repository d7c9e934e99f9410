import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { createdAt, foreignId, id, isAmount, money } from './columns.ts'

export const shippingZones = pgTable(
  'shipping_zones',
  {
    id: id(),
    title: text().notNull(),
    /** Addresses of no other zone. */
    isRestOfWorld: boolean().notNull().default(false),
    version: integer().notNull().default(1),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  (t) => [
    check('shipping_zones_title_present', sql`${t.title} <> ''`),
    uniqueIndex('shipping_zones_rest_of_world')
      .on(t.isRestOfWorld)
      .where(sql`${t.isRestOfWorld}`),
  ],
)

export const shippingZonePlaces = pgTable(
  'shipping_zone_places',
  {
    id: id(),
    zoneId: foreignId()
      .notNull()
      .references(() => shippingZones.id, { onDelete: 'cascade' }),
    /** ISO 3166. */
    country: text().notNull(),
    /** As in addresses; empty for the whole country. */
    region: text().notNull().default(''),
  },
  (t) => [
    unique('shipping_zone_places_key').on(t.country, t.region),
    index('shipping_zone_places_zone').on(t.zoneId),
    check('shipping_zone_places_country', sql`${t.country} ~ '^[A-Z]{2}$'`),
  ],
)

export const shippingPriceBy = pgEnum('shipping_price_by', ['flat', 'weight', 'subtotal'])

/** `from` is inclusive, `below` exclusive (null: without an end); grams or minor units. */
export type ShippingTier = { from: number; below: number | null; rate: number }

export const shippingMethods = pgTable(
  'shipping_methods',
  {
    id: id(),
    zoneId: foreignId()
      .notNull()
      .references(() => shippingZones.id, { onDelete: 'cascade' }),
    title: text().notNull(),
    /** Customers collect their order at the store's address. */
    isPickup: boolean().notNull().default(false),
    priceBy: shippingPriceBy().notNull().default('flat'),
    /** Of a flat price. */
    rate: money().notNull().default(0),
    tiers: jsonb().$type<ShippingTier[]>().notNull().default([]),
    /** Free for orders of at least this subtotal after discounts. */
    freeFrom: money(),
    /** Business days from order to delivery. */
    daysMin: integer().notNull().default(2),
    daysMax: integer().notNull().default(4),
    version: integer().notNull().default(1),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  (t) => [
    index('shipping_methods_zone').on(t.zoneId, t.id),
    check('shipping_methods_title_present', sql`${t.title} <> ''`),
    check('shipping_methods_rate_amount', isAmount(t.rate)),
    check('shipping_methods_free_from_amount', isAmount(t.freeFrom)),
    check(
      'shipping_methods_days',
      sql`${t.daysMin} between 0 and 90 and ${t.daysMax} between ${t.daysMin} and 90`,
    ),
    check(
      'shipping_methods_tiers',
      sql`jsonb_typeof(${t.tiers}) = 'array' and (${t.priceBy} = 'flat') = (jsonb_array_length(${t.tiers}) = 0)`,
    ),
  ],
)
