import { type SQL, sql } from 'drizzle-orm'
import { products } from '#db/schema/index.ts'

/** Whether the product is visible to shoppers: active, and published by now on the database's clock. */
export const isPublished: SQL<boolean> = sql`(${products.status} = 'active' and ${products.publishedAt} <= now())`
