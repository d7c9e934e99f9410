import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, primaryKey } from 'drizzle-orm/pg-core'
import { products } from './catalog.ts'
import { foreignId } from './columns.ts'

const productId = () =>
  foreignId()
    .notNull()
    .references(() => products.id, { onDelete: 'cascade' })

/** Products that were in the same orders. Written by a job; both directions of a pair have a row. */
export const boughtTogether = pgTable(
  'bought_together',
  {
    productId: productId(),
    otherId: productId(),
    /** Orders with both, of the last 180 days. */
    orders: integer().notNull(),
  },
  (t) => [
    primaryKey({ name: 'bought_together_pkey', columns: [t.productId, t.otherId] }),
    check('bought_together_two_products', sql`${t.productId} <> ${t.otherId}`),
    check('bought_together_orders', sql`${t.orders} > 0`),
    index('bought_together_other').on(t.otherId),
  ],
)

/** Products that staff chose to show with a product, in this order. */
export const relatedProducts = pgTable(
  'related_products',
  {
    productId: productId(),
    relatedId: productId(),
    position: integer().notNull(),
  },
  (t) => [
    primaryKey({ name: 'related_products_pkey', columns: [t.productId, t.relatedId] }),
    check('related_products_two_products', sql`${t.productId} <> ${t.relatedId}`),
    check('related_products_position', sql`${t.position} >= 1`),
    index('related_products_related').on(t.relatedId),
  ],
)
