import { asc, sql } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { collections, products } from '#db/schema/index.ts'
import { isInWindow } from './window.server.ts'

/** What a sitemap may hold by the protocol: 50,000 addresses, so the newest products of a larger shop. */
const limit = 45_000

/** Every page of the shop window with the time of its last change. */
export async function listSitemap() {
  const [shownProducts, shownCollections] = await Promise.all([
    db
      .select({ handle: products.handle, updatedAt: products.updatedAt })
      .from(products)
      .where(isInWindow)
      .orderBy(sql`${products.publishedAt} desc nulls last`, asc(products.id))
      .limit(limit),
    db
      .select({ handle: collections.handle, updatedAt: collections.updatedAt })
      .from(collections)
      .where(sql`${collections.publishedAt} <= now()`)
      .orderBy(asc(collections.id))
      .limit(4000),
  ])
  return { products: shownProducts, collections: shownCollections }
}
