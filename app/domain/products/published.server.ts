import { type SQL, sql } from 'drizzle-orm'
import { products, variants } from '#db/schema/index.ts'

/** Whether the product is visible to shoppers: active, and published by now on the database's clock. */
export const isPublished: SQL<boolean> = sql`(${products.status} = 'active' and ${products.publishedAt} <= now())`

/** Whether the variant can be bought now. */
export const isBuyable = sql<boolean>`(${variants.price} is not null and (not ${variants.trackStock} or ${variants.allowBackorder} or ${variants.stock} > 0))`
