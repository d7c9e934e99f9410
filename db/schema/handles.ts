import { sql } from 'drizzle-orm'
import { check, index, pgEnum, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { collections, products } from './catalog.ts'
import { createdAt, foreignId } from './columns.ts'
import { pages } from './pages.ts'

export const handleKind = pgEnum('handle_kind', ['product', 'collection', 'page'])

/** Former handles, whose addresses redirect. Written by triggers (db/functions/handles.sql). */
export const handleHistory = pgTable(
  'handle_history',
  {
    kind: handleKind().notNull(),
    handle: text().notNull(),
    productId: foreignId().references(() => products.id, { onDelete: 'cascade' }),
    collectionId: foreignId().references(() => collections.id, { onDelete: 'cascade' }),
    pageId: foreignId().references(() => pages.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: 'handle_history_pkey', columns: [t.kind, t.handle] }),
    check(
      'handle_history_kind',
      // Without naming 'page': the migration that adds an enum value may not use it.
      sql`(${t.kind} = 'product') = (${t.productId} is not null) and (${t.kind} = 'collection') = (${t.collectionId} is not null)
        and num_nonnulls(${t.productId}, ${t.collectionId}, ${t.pageId}) = 1`,
    ),
    index('handle_history_product').on(t.productId),
    index('handle_history_collection').on(t.collectionId),
    index('handle_history_page').on(t.pageId),
  ],
)
