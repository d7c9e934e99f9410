import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
} from 'drizzle-orm/pg-core'
import { products } from './catalog.ts'
import { bytewise, foreignId, id, instant, money } from './columns.ts'

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

/** 8,000 bytes: a row fills a page. */
const bits = customType<{ data: string }>({ dataType: () => 'bit(64000)' })

/**
 * What search reads of each active product. Written by triggers on products and variants (db/functions/search.sql), and
 * the sales by a job. Only `words` is stored out of line, so that many rows are read from few pages.
 */
export const searchDocuments = pgTable(
  'search_documents',
  {
    productId: foreignId()
      .primaryKey()
      .references(() => products.id, { onDelete: 'cascade' }),
    publishedAt: instant().notNull(),
    /** The words of the title, folded, in order. */
    title: bytewise().notNull(),
    /** A variant can be bought now. */
    isAvailable: boolean().notNull(),
    /** Units sold, of `product_sales`. */
    sales: integer().notNull(),
    priceMin: money(),
    priceMax: money(),
    /** Vendor, type, tags, whole stars of the rating, and the options of variants that can be bought: ids of `search_facets`. */
    facets: bigint({ mode: 'bigint' }).array().notNull(),
    titleWords: tsvector().notNull(),
    /** Those of the title included. */
    words: tsvector().notNull(),
  },
  (t) => [
    index('search_documents_words').using('gin', t.words),
    index('search_documents_title_words').using('gin', t.titleWords),
    index('search_documents_title').on(t.title),
    index('search_documents_sales').on(t.isAvailable.desc(), t.sales.desc(), t.productId),
    index('search_documents_price_min').on(t.priceMin),
    index('search_documents_price_max').on(t.priceMax),
  ],
)

/** Values to filter by. Written by a job: documents have ids that are not here yet. */
export const searchFacets = pgTable('search_facets', {
  /** Hash of what is compared: kind, name and value; those of options without case (`search_facet`). */
  id: bigint({ mode: 'bigint' }).primaryKey(),
  kind: text({ enum: ['vendor', 'type', 'tag', 'rating', 'option'] }).notNull(),
  /** Of an option. */
  name: text().notNull(),
  value: text().notNull(),
})

/** Words of the catalog as written, without case and accents: for corrections and completions. */
export const searchWords = pgTable(
  'search_words',
  {
    id: id(),
    word: bytewise().notNull(),
    /** The word as `search_documents` holds it, after stemming. */
    lexeme: bytewise().notNull(),
    /** Products with this word; counted exactly once a day. */
    documents: integer().notNull().default(0),
  },
  (t) => [
    unique('search_words_word_key').on(t.word),
    index('search_words_similar').using('gin', sql`${t.word} gin_trgm_ops`),
  ],
)

/** Each word with one letter left out. Two words that share one differ by one edit or two. */
export const searchDeletions = pgTable(
  'search_deletions',
  {
    deletion: bytewise().notNull(),
    /** Of `search_words`; without a foreign key, whose check would double the cost of a new word. */
    wordId: foreignId().notNull(),
  },
  (t) => [primaryKey({ name: 'search_deletions_pkey', columns: [t.deletion, t.wordId] })],
)

/** Which of 64,000 products have a common word, filter value or property (db/functions/search_bitmaps.sql). */
export const searchBitmaps = pgTable(
  'search_bitmaps',
  {
    /** Product ids divided by 64,000. */
    chunk: integer().notNull(),
    /** Hash of a word or property, or the id of a filter value. */
    key: bigint({ mode: 'bigint' }).notNull(),
    bits: bits().notNull(),
  },
  (t) => [primaryKey({ name: 'search_bitmaps_pkey', columns: [t.key, t.chunk] })],
)

/** Products whose words and filter values wait to be added to `search_words` and `search_facets`. */
export const searchQueue = pgTable('search_queue', {
  id: id(),
  productId: foreignId().notNull(),
  /** The product was not searchable before. */
  isNew: boolean().notNull(),
  /** Its document has to be written first. */
  isStale: boolean().notNull(),
})
