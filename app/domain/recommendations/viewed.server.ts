import { inArray, sql } from 'drizzle-orm'
import { isPublished } from '#app/domain/products/published.server.ts'
import { listCards } from '#app/domain/storefront/cards.server.ts'
import type { ProductCard } from '#app/domain/storefront/storefront.ts'
import { db } from '#db/client.ts'
import { products } from '#db/schema/index.ts'

/** Those of these products that shoppers can see, in this order. */
export async function listViewed(ids: number[]): Promise<ProductCard[]> {
  const visible = await db
    .select({ id: products.id })
    .from(products)
    .where(sql`${inArray(products.id, [0, ...ids])} and ${isPublished}`)
  return listCards(ids.filter((id) => visible.some((product) => product.id === id)))
}
