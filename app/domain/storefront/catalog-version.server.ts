import { sql } from 'drizzle-orm'
import { cachedByCatalogVersion } from '#app/domain/realtime/catalog-cache.server.ts'
import { productFacts, setName } from '#app/domain/realtime/dependencies.ts'
import { db } from '#db/client.ts'

/**
 * A short text that changes with everything that sitemaps and feeds contain: products, variants, images, collections,
 * pages, settings, and what is published by now. It is the same in all processes, and at most a minute old. Read before the
 * content, so that newer content never has an older version's name for longer than that.
 */
export function getCatalogVersion(): Promise<string> {
  const dependsOn = [setName('all'), productFacts]
  return cachedByCatalogVersion({ question: 'catalog version', dependsOn }, readCatalogVersion)
}

/** Sums of hashes depend on every row and on no order. */
async function readCatalogVersion(): Promise<string> {
  const [row] = await db.execute<{ version: string }>(sql`
    select substr(md5(concat_ws(' ',
      (select sum(hash_record_extended(row (id, updated_at, status, published_at <= now(), handle), 0)) from products),
      (select sum(hash_record_extended(row (id, updated_at, price, compare_at_price, track_stock, allow_backorder,
        stock > 0, image_id), 0)) from variants),
      (select sum(hash_record_extended(row (i.id, i.position, m.hash), 0)) from product_images i
        join media m on m.hash = i.media_hash and m.status = 'ready'),
      (select sum(hash_record_extended(row (id, updated_at, published_at <= now()), 0)) from collections),
      (select sum(hash_record_extended(row (id, handle, updated_at, published_at <= now()), 0)) from pages),
      (select sum(hash_record_extended(row (updated_at), 0)) from settings)
    )), 1, 22) as version`)
  return row!.version
}
