import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable } from 'drizzle-orm/pg-core'
import { products } from './catalog.ts'
import { foreignId } from './columns.ts'

/** What sells best: refreshed by a job. Products without recent sales have no row. */
export const productSales = pgTable(
  'product_sales',
  {
    productId: foreignId()
      .primaryKey()
      .references(() => products.id, { onDelete: 'cascade' }),
    /** Units in orders of the last 90 days that were not canceled. */
    units: integer().notNull(),
  },
  (t) => [
    index('product_sales_best').on(t.units.desc(), t.productId),
    check('product_sales_units', sql`${t.units} > 0`),
  ],
)
