import { and, asc, gt, lte, sql } from 'drizzle-orm'
import { listPublishedPages } from '#app/domain/pages/pages.server.ts'
import { pagePath } from '#app/domain/pages/pages.ts'
import { isPublished } from '#app/domain/products/published.server.ts'
import { urls } from '#app/urls.ts'
import { db } from '#db/client.ts'
import { collections, products } from '#db/schema/index.ts'
import { isPublishedCollection } from './collections.server.ts'
import { listImagesOf } from './list-images.server.ts'
import { maxImages, type SitemapEntry, type SitemapFile, type SitemapKind, urlsPerFile } from './sitemap.ts'

/** Rows of one query of a file that is streamed. */
const batchSize = 1_000

/** A page changes when its row does, and appears at its publish date. */
const changedAt = {
  products: sql`greatest(${products.updatedAt}, ${products.publishedAt})`.mapWith(products.updatedAt),
  collections: sql`greatest(${collections.updatedAt}, ${collections.publishedAt})`.mapWith(
    collections.updatedAt,
  ),
}

/** The files that have entries, with the time of their last change. Part 2 of products has the ids 10,001 to 20,000. */
export async function listSitemapFiles(): Promise<SitemapFile[]> {
  const part = (id: unknown) => sql<number>`((${id} - 1) / ${sql.raw(String(urlsPerFile))} + 1)::int`
  const [ofProducts, ofCollections] = await Promise.all([
    db
      .select({ part: part(products.id), at: sql`max(${changedAt.products})`.mapWith(products.updatedAt) })
      .from(products)
      .where(isPublished)
      .groupBy(sql`1`)
      .orderBy(sql`1`),
    db
      .select({
        part: part(collections.id),
        at: sql`max(${changedAt.collections})`.mapWith(collections.updatedAt),
      })
      .from(collections)
      .where(isPublishedCollection)
      .groupBy(sql`1`)
      .orderBy(sql`1`),
  ])
  const files = (kind: SitemapKind, rows: { part: number; at: Date }[]) =>
    rows.map((row) => ({ kind, part: row.part, changedAt: row.at }))
  return [
    { kind: 'pages', part: 1, changedAt: null },
    ...files('collections', ofCollections),
    ...files('products', ofProducts),
  ]
}

/** The entries of one file in steps, by id; none for a part that does not exist. Only what shoppers can see. */
export async function* readSitemapFile(
  kind: SitemapKind,
  part: number,
): AsyncGenerator<SitemapEntry[], undefined> {
  if (kind === 'pages') {
    if (part === 1) yield await listPages()
    return
  }
  const end = part * urlsPerFile
  let after = end - urlsPerFile
  for (;;) {
    const rows = await (kind === 'products' ? listProducts(after, end) : listCollections(after, end))
    if (rows.length === 0) return
    yield rows.map(({ entry }) => entry)
    after = rows.at(-1)!.id
  }
}

/** The store's own pages, and those that staff wrote. */
async function listPages(): Promise<SitemapEntry[]> {
  const own = [urls.home(), urls.allProducts(), urls.collections()]
  const written = await listPublishedPages()
  return [
    ...own.map((path) => ({ path, changedAt: null, images: [] })),
    ...written.map((page) => ({ path: pagePath(page), changedAt: page.updatedAt, images: [] })),
  ]
}

async function listCollections(after: number, end: number) {
  const rows = await db
    .select({ id: collections.id, handle: collections.handle, at: changedAt.collections })
    .from(collections)
    .where(and(isPublishedCollection, gt(collections.id, after), lte(collections.id, end)))
    .orderBy(asc(collections.id))
    .limit(batchSize)
  return rows.map(({ id, handle, at }) => ({
    id,
    entry: { path: urls.collection(handle), changedAt: at, images: [] },
  }))
}

async function listProducts(after: number, end: number) {
  const rows = await db
    .select({ id: products.id, handle: products.handle, at: changedAt.products })
    .from(products)
    .where(and(isPublished, gt(products.id, after), lte(products.id, end)))
    .orderBy(asc(products.id))
    .limit(batchSize)
  const images = await listImagesOf(rows.map(({ id }) => id))
  return rows.map(({ id, handle, at }) => ({
    id,
    entry: {
      path: urls.product(handle),
      changedAt: at,
      images: (images.get(id) ?? []).slice(0, maxImages),
    },
  }))
}
