import { asc, sql } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { collections, products } from '#db/schema/index.ts'
import { listPublishedPages } from '#app/domain/pages/pages.server.ts'
import { isPublished } from '#app/domain/products/published.server.ts'

/** The sitemap protocol allows 50,000 URLs, so a larger shop lists only its newest products. */
const limit = 45_000

/** Every public page with the time of its last change. */
export async function listSitemap() {
  const [shownProducts, shownCollections, pages] = await Promise.all([
    db
      .select({ handle: products.handle, updatedAt: products.updatedAt })
      .from(products)
      .where(isPublished)
      .orderBy(sql`${products.publishedAt} desc nulls last`, asc(products.id))
      .limit(limit),
    db
      .select({ handle: collections.handle, updatedAt: collections.updatedAt })
      .from(collections)
      .where(sql`${collections.publishedAt} <= now()`)
      .orderBy(asc(collections.id))
      .limit(4000),
    listPublishedPages(),
  ])
  return { products: shownProducts, collections: shownCollections, pages }
}
