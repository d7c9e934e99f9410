import { sql } from 'drizzle-orm'
import { boolean, check, integer, pgEnum, pgTable, smallint, text } from 'drizzle-orm/pg-core'
import { foreignId, instant, isAmount, money } from './columns.ts'
import { taxClasses } from './catalog.ts'
import { countryCodes } from './countries.ts'

export const shippingTax = pgEnum('shipping_tax', ['none', 'goods', 'class'])

export const paperSize = pgEnum('paper_size', ['a4', 'letter'])

const reverseChargeNote = 'Intra-Community supply, exempt, Article 138 Directive 2006/112/EC'

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
    /** Where the shop is: ISO 3166, and the region as in addresses. Empty: not entered. */
    storeCountry: text().notNull().default(''),
    storeRegion: text().notNull().default(''),
    /** Prices contain tax; otherwise it is added at checkout. */
    pricesIncludeTax: boolean().notNull().default(true),
    /** What the tax is called: "VAT", "GST". */
    taxLabel: text().notNull().default('Tax'),
    /** Shipping is not taxed, taxed like the goods, or at the rate of a tax class (null: the standard one). */
    shippingTax: shippingTax().notNull().default('goods'),
    shippingTaxClassId: foreignId().references(() => taxClasses.id, { onDelete: 'set null' }),
    /** Businesses of other EU countries with a VAT number owe the tax themselves. */
    allowsReverseCharge: boolean().notNull().default(false),
    bankDetails: text().notNull().default(''),
    acceptsBankTransfer: boolean().notNull().default(true),
    acceptsCashOnDelivery: boolean().notNull().default(true),
    /** Card payments are only held at checkout; staff capture them. */
    capturesLater: boolean().notNull().default(false),
    /** Days after which an unpaid order for bank transfer is canceled; null: never. */
    bankTransferDays: integer(),
    /** Days after delivery in which customers can ask for a return; 0: they cannot. */
    returnDays: integer().notNull().default(30),
    /** On invoices: the seller's name and address, and tax or VAT number. */
    legalName: text().notNull().default(''),
    legalAddress: text().notNull().default(''),
    taxNumber: text().notNull().default(''),
    invoicePrefix: text().notNull().default(''),
    creditNotePrefix: text().notNull().default('C'),
    /** Printed below an invoice without tax under reverse charge. */
    reverseChargeNote: text().notNull().default(reverseChargeNote),
    paperSize: paperSize().notNull().default('a4'),
    /** "only 3 left" is shown at and below this number. */
    lowStockThreshold: integer().notNull().default(3),
    /** Staff without two-factor authentication only get access to its setup. */
    staffNeedTwoFactor: boolean().notNull().default(false),
    /** Beside a reduced price: the lowest one of the 30 days before the reduction. */
    showsLowestPrice: boolean().notNull().default(false),
    /** A day after the last change of a cart, for customers who agreed to marketing emails. */
    remindsOfCarts: boolean().notNull().default(false),
    /** Days after delivery when customers are asked for reviews; null: never. */
    reviewRequestDays: integer(),
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
    check('settings_bank_transfer_days', sql`${t.bankTransferDays} between 1 and 90`),
    check('settings_review_request_days', sql`${t.reviewRequestDays} between 1 and 90`),
    check('settings_return_days', sql`${t.returnDays} between 0 and 365`),
    check('settings_low_stock_threshold', sql`${t.lowStockThreshold} between 0 and 1000`),
  ],
)
