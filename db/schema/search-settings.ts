import { sql } from 'drizzle-orm'
import { check, index, integer, pgEnum, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core'
import { products } from './catalog.ts'
import { createdAt, foreignId, id } from './columns.ts'

/** What staff decide about search results (docs/decisions/112). */

/** Words and phrases that mean the same to search. No word is in two groups (tests/support/invariants.sql). */
export const searchSynonyms = pgTable(
  'search_synonyms',
  {
    id: id(),
    /** As typed. */
    words: text().array().notNull(),
    /** The same words, folded by search_title. */
    folded: text().array().notNull(),
    version: integer().notNull().default(1),
    createdAt: createdAt(),
  },
  (t) => [
    check(
      'search_synonyms_words',
      sql`cardinality(${t.words}) between 2 and 10 and cardinality(${t.folded}) = cardinality(${t.words})
        and array_position(${t.folded}, '') is null`,
    ),
  ],
)

/** A query with products that come first in its results. */
export const searchPins = pgTable(
  'search_pins',
  {
    id: id(),
    /** As typed. */
    query: text().notNull(),
    /** The query, folded by search_title. */
    folded: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('search_pins_folded_key').on(t.folded),
    check('search_pins_folded_present', sql`${t.folded} <> ''`),
  ],
)

export const searchPinProducts = pgTable(
  'search_pin_products',
  {
    pinId: foreignId()
      .notNull()
      .references(() => searchPins.id, { onDelete: 'cascade' }),
    productId: foreignId()
      .notNull()
      .references(() => products.id, { onDelete: 'cascade' }),
    position: integer().notNull(),
  },
  (t) => [
    primaryKey({ name: 'search_pin_products_pkey', columns: [t.pinId, t.productId] }),
    index('search_pin_products_product').on(t.productId),
    check('search_pin_products_position', sql`${t.position} >= 1`),
  ],
)

export const searchRanking = pgEnum('search_ranking', ['higher', 'lower'])

/** Products that staff rank higher or lower in all results. Few: each search reads them (from a cache). */
export const searchBoosts = pgTable('search_boosts', {
  productId: foreignId()
    .primaryKey()
    .references(() => products.id, { onDelete: 'cascade' }),
  ranking: searchRanking().notNull(),
  createdAt: createdAt(),
})
