import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { collectionProducts, collections, media } from '#db/schema/index.ts'
import type { CollectionLink, CollectionTile } from './storefront.ts'
import { matchesRules } from '#app/domain/collections/collection-rules.ts'

/** Whether the collection is visible to shoppers. */
export const isPublishedCollection = sql<boolean>`${collections.publishedAt} <= now()`

/** Top-level collections in the merchant's order, for the navigation. */
export function listTopCollections(limit: number): Promise<CollectionLink[]> {
  return db
    .select({ handle: collections.handle, title: collections.title })
    .from(collections)
    .where(and(isPublishedCollection, isNull(collections.parentId)))
    .orderBy(asc(collections.position), asc(collections.title))
    .limit(limit)
}

/** Published collections under a parent (null: the top level) with their images. */
export function listCollectionTiles(parentId: number | null, limit = 200): Promise<CollectionTile[]> {
  return tiles(parentId === null ? isNull(collections.parentId) : eq(collections.parentId, parentId), limit)
}

/** One published collection with the path of its parents, topmost first; null if there is none. */
export async function getCollection(handle: string) {
  const [collection] = await db
    .select()
    .from(collections)
    .where(and(eq(collections.handle, handle), isPublishedCollection))
  if (!collection) return null
  return { ...collection, path: await pathTo(collection.parentId) }
}

/** A product's breadcrumb: the path of its deepest published collection, topmost first. */
export async function getProductBreadcrumb(product: {
  id: number
  type: string
  vendor: string
  tags: string[]
}): Promise<CollectionLink[]> {
  const all = await db
    .select({
      id: collections.id,
      parentId: collections.parentId,
      handle: collections.handle,
      title: collections.title,
      kind: collections.kind,
      match: collections.match,
      rules: collections.rules,
      isMember: sql<boolean>`exists (select from ${collectionProducts} where ${collectionProducts.collectionId} = ${collections.id} and ${collectionProducts.productId} = ${product.id})`,
    })
    .from(collections)
    .where(isPublishedCollection)
    .orderBy(asc(collections.position), asc(collections.id))
    .limit(1000)
  const byId = new Map(all.map((collection) => [collection.id, collection]))
  const upwards = (start: (typeof all)[number]) => {
    const path: typeof all = []
    for (
      let at: (typeof all)[number] | undefined = start;
      at && !path.includes(at);
      at = byId.get(at.parentId ?? -1)
    )
      path.unshift(at)
    return path
  }
  const own = all.filter((one) => (one.kind === 'manual' ? one.isMember : matchesRules(product, one)))
  const deepest = own.map(upwards).sort((a, b) => b.length - a.length)[0] ?? []
  return deepest.map(({ handle, title }) => ({ handle, title }))
}

/** The parents from the top down to this one; a cycle in the data ends after ten steps. */
async function pathTo(id: number | null): Promise<CollectionLink[]> {
  if (id === null) return []
  const rows = await db.execute<CollectionLink>(sql`
    with recursive path as (
      select id, parent_id, handle, title, 1 as step from collections where id = ${id} and published_at <= now()
      union all
      select c.id, c.parent_id, c.handle, c.title, step + 1 from collections c join path on c.id = path.parent_id
      where step < 10 and c.published_at <= now()
    )
    select handle, title from path order by step desc`)
  return [...rows].map(({ handle, title }) => ({ handle, title }))
}

async function tiles(where: SQL | undefined, limit: number): Promise<CollectionTile[]> {
  const rows = await db
    .select({
      id: collections.id,
      handle: collections.handle,
      title: collections.title,
      description: collections.description,
      hash: media.hash,
      width: media.width,
      height: media.height,
      color: media.color,
    })
    .from(collections)
    .leftJoin(media, and(eq(media.hash, collections.mediaHash), eq(media.status, 'ready')))
    .where(and(isPublishedCollection, where))
    .orderBy(asc(collections.position), asc(collections.title))
    .limit(limit)
  return rows.map(({ hash, width, height, color, ...tile }) => ({
    ...tile,
    image: hash && width && height ? { hash, width, height, color, alt: '' } : null,
  }))
}
