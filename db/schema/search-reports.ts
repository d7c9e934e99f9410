import { sql } from 'drizzle-orm'
import { check, date, integer, pgTable, primaryKey } from 'drizzle-orm/pg-core'
import { bytewise, foreignId } from './columns.ts'

/** What shoppers searched for, counted per day of the shop's time zone. Nothing in it says who searched. */
export const searchCounts = pgTable(
  'search_counts',
  {
    day: date().notNull(),
    /** As `countedQuery` folds it. */
    query: bytewise().notNull(),
    searches: integer().notNull(),
    /** Products that the last search found. */
    results: integer().notNull(),
  },
  (t) => [
    primaryKey({ name: 'search_counts_pkey', columns: [t.day, t.query] }),
    check('search_counts_query', sql`length(${t.query}) between 1 and 100`),
    check('search_counts_searches', sql`${t.searches} > 0 and ${t.results} >= 0`),
  ],
)

/** Which products were opened from the results and suggestions of a query, counted per day. */
export const searchClicks = pgTable(
  'search_clicks',
  {
    day: date().notNull(),
    query: bytewise().notNull(),
    /** Without a foreign key: deleting a product must not wait for counters, and they stay. */
    productId: foreignId().notNull(),
    clicks: integer().notNull(),
  },
  (t) => [
    primaryKey({ name: 'search_clicks_pkey', columns: [t.day, t.query, t.productId] }),
    check('search_clicks_query', sql`length(${t.query}) between 1 and 100`),
    check('search_clicks_clicks', sql`${t.clicks} > 0`),
  ],
)
