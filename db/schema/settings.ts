import { sql } from 'drizzle-orm'
import { boolean, check, integer, pgTable, smallint, text } from 'drizzle-orm/pg-core'
import { instant, isAmount, money } from './columns.ts'
import { countryCodes } from './countries.ts'

/** The shop itself: one row, created at setup. */
export const settings = pgTable(
  'settings',
  {
    id: smallint().primaryKey().default(1),
    shopName: text().notNull(),
    currency: text().notNull(),
    /** Decimal digits of stored amounts: those of ISO 4217 when the currency was chosen. */
    currencyDigits: smallint().notNull(),
    locale: text().notNull(),
    timeZone: text().notNull(),
    orderPrefix: text().notNull().default('#'),
    contactEmail: text().notNull(),
    contactPhone: text().notNull().default(''),
    contactAddress: text().notNull().default(''),
    /** Shown under the shop's name on the home page. */
    tagline: text().notNull().default(''),
    accentColor: text().notNull().default('#1f5d4c'),
    shippingLabel: text().notNull().default('Standard delivery'),
    shippingRate: money().notNull().default(0),
    /** Business days from order to delivery, shown as dates at checkout. */
    shippingDaysMin: integer().notNull().default(2),
    shippingDaysMax: integer().notNull().default(4),
    /** ISO 3166 codes that the shop ships to; empty means everywhere. */
    shippingCountries: text()
      .array()
      .notNull()
      .default(sql`'{}'`),
    bankDetails: text().notNull().default(''),
    acceptsBankTransfer: boolean().notNull().default(true),
    acceptsCashOnDelivery: boolean().notNull().default(true),
    /** "only 3 left" is shown at and below this number. */
    lowStockThreshold: integer().notNull().default(3),
    /** Staff without two-factor authentication only get access to its setup. */
    staffNeedTwoFactor: boolean().notNull().default(false),
    version: integer().notNull().default(1),
    updatedAt: instant().notNull().defaultNow(),
  },
  (t) => [
    check('settings_one_row', sql`${t.id} = 1`),
    check('settings_currency_code', sql`${t.currency} ~ '^[A-Z]{3}$'`),
    check('settings_currency_digits', sql`${t.currencyDigits} between 0 and 4`),
    check('settings_accent_is_hex', sql`${t.accentColor} ~ '^#[0-9a-f]{6}$'`),
    check('settings_shipping_rate_amount', isAmount(t.shippingRate)),
    check(
      'settings_shipping_days',
      sql`${t.shippingDaysMin} between 0 and 90 and ${t.shippingDaysMax} between ${t.shippingDaysMin} and 90`,
    ),
    check(
      'settings_shipping_countries_exist',
      sql`${t.shippingCountries} <@ ${sql.raw(`'{${countryCodes.join()}}'::text[]`)}`,
    ),
    check('settings_low_stock_threshold', sql`${t.lowStockThreshold} between 0 and 1000`),
  ],
)
