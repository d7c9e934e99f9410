import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, text, unique, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytea, bytewise, createdAt, foreignId, id, money } from './columns.ts'
import { sessions, users } from './accounts.ts'
import { draftOrders } from './drafts.ts'
import { variants } from './catalog.ts'
import { marketingConsents } from './consents.ts'

export const carts = pgTable(
  'carts',
  {
    id: id(),
    /** A guest's cart belongs to the session, a customer's to the user: every device shows the same one. */
    sessionId: foreignId().references(() => sessions.id, { onDelete: 'cascade' }),
    userId: foreignId().references(() => users.id, { onDelete: 'cascade' }),
    /** What staff put into a draft order. */
    draftId: foreignId().references(() => draftOrders.id, { onDelete: 'cascade' }),
    /** Incremented by each change; responses and events include it. */
    version: integer().notNull().default(1),
    /** The key of the one order that this cart can become; replaced after each order. */
    checkoutKey: uuid()
      .notNull()
      .default(sql`gen_random_uuid()`),
    /** Typed promotion codes, in upper case. */
    codes: text()
      .array()
      .notNull()
      .default(sql`'{}'`),
    /** Where shipping and tax are estimated for; empty: not asked yet. */
    shipCountry: text().notNull().default(''),
    shipRegion: text().notNull().default(''),
    shipPostcode: text().notNull().default(''),
    /** Given at the checkout of a guest's cart: the address that a reminder of this cart may be sent to. */
    consentId: foreignId().references(() => marketingConsents.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  (t) => [
    uniqueIndex('carts_session_key').on(t.sessionId),
    uniqueIndex('carts_user_key').on(t.userId),
    uniqueIndex('carts_draft_key')
      .on(t.draftId)
      .where(sql`${t.draftId} is not null`),
    index('carts_reminders')
      .on(t.updatedAt)
      .where(sql`${t.userId} is not null or ${t.consentId} is not null`),
    check('carts_codes', sql`cardinality(${t.codes}) <= 5 and array_position(${t.codes}, null) is null`),
    check('carts_one_owner', sql`num_nonnulls(${t.sessionId}, ${t.userId}, ${t.draftId}) = 1`),
  ],
)

export const cartLines = pgTable(
  'cart_lines',
  {
    id: id(),
    cartId: foreignId()
      .notNull()
      .references(() => carts.id, { onDelete: 'cascade' }),
    variantId: foreignId()
      .notNull()
      .references(() => variants.id, { onDelete: 'cascade' }),
    quantity: integer().notNull(),
    /** The price the shopper last saw on this line; the shopper is notified of a difference. */
    priceWhenAdded: money().notNull(),
    /** The search that led to the product, as `countedQuery` folds it; deleted with the reports' counters. */
    searchQuery: bytewise(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('cart_lines_variant_key').on(t.cartId, t.variantId),
    index('cart_lines_variant').on(t.variantId),
    index('cart_lines_searched')
      .on(t.createdAt)
      .where(sql`${t.searchQuery} is not null`),
    check('cart_lines_search_query', sql`length(${t.searchQuery}) between 1 and 100`),
    check('cart_lines_quantity', sql`${t.quantity} between 1 and 999`),
  ],
)

export type RemindedLine = { variantId: number; quantity: number; name: string }

/** A reminder of a cart that was left: sent once per content. Its lines are kept, because the cart may be gone. */
export const cartReminders = pgTable(
  'cart_reminders',
  {
    id: id(),
    cartId: foreignId().references(() => carts.id, { onDelete: 'set null' }),
    email: text().notNull(),
    /** SHA-256 of the variants and quantities. */
    contentHash: bytea().notNull(),
    lines: jsonb().$type<RemindedLine[]>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('cart_reminders_content_key').on(t.cartId, t.contentHash),
    index('cart_reminders_email').on(t.email),
    index('cart_reminders_created_at').on(t.createdAt),
    check('cart_reminders_content_hash_is_sha256', sql`octet_length(${t.contentHash}) = 32`),
  ],
)
