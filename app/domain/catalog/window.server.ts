import { type SQL, sql } from 'drizzle-orm'
import { products } from '#db/schema/index.ts'

/** Whether shoppers can see the product now: active, and published by this moment on the database's clock. */
export const isInWindow: SQL<boolean> = sql`(${products.status} = 'active' and ${products.publishedAt} <= now())`
