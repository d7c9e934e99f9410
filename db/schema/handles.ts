import { sql } from 'drizzle-orm'
import { check, index, pgEnum, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { collections, products } from './catalog.ts'
import { createdAt, foreignId } from './columns.ts'
import { pages } from './pages.ts'

export const handleKind = pgEnum('handle_kind', ['product', 'collection', 'page'])

/**
 * Former handles, whose addresses redirect, and those of what was deleted: these refer to nothing, and their addresses are
 * gone (410). Written by triggers (db/functions/handles.sql).
 */
export const handleHistory = pgTable(
  'handle_history',
  {
    kind: handleKind().notNull(),
    handle: text().notNull(),
    productId: foreignId().references(() => products.id, { onDelete: 'set null' }),
    collectionId: foreignId().references(() => collections.id, { onDelete: 'set null' }),
    pageId: foreignId().references(() => pages.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ name: 'handle_history_pkey', columns: [t.kind, t.handle] }),
    check(
      'handle_history_kind',
      // Without naming 'page': the migration that adds an enum value may not use it.
      sql`(${t.kind} = 'product' or ${t.productId} is null) and (${t.kind} = 'collection' or ${t.collectionId} is null)
        and (${t.kind} not in ('product', 'collection') or ${t.pageId} is null)`,
    ),
    index('handle_history_product').on(t.productId),
    index('handle_history_collection').on(t.collectionId),
    index('handle_history_page').on(t.pageId),
  ],
)
