import { createHash } from 'node:crypto'
import { and, asc, eq, inArray, isNotNull, or, type SQL, sql } from 'drizzle-orm'
import { attachFetchedImages } from '#app/domain/products/attach-fetched-images.server.ts'
import { auditedTransaction, db, type Tx } from '#db/client.ts'
import { enqueue } from '#db/outbox.ts'
import { products, productImages } from '#db/schema/catalog.ts'
import { imageFetches, importImages, imports } from '#db/schema/imports.ts'
import { media } from '#db/schema/media.ts'

export const failedImagesPerPage = 50

export type ImageCounts = { waiting: number; fetched: number; failed: number }

/**
 * Requests these images for the import, as a step of the caller's transaction. A URL that was fetched before is not
 * fetched again; one that failed before is.
 */
export async function requestImages(tx: Tx, importId: number, urls: string[]): Promise<void> {
  if (urls.length === 0) return
  const wanted = [...new Set(urls)]
    .map((url) => ({ url, urlHash: createHash('sha256').update(url).digest('hex') }))
    // In one order, so that two imports do not wait for each other.
    .sort((a, b) => (a.urlHash < b.urlHash ? -1 : 1))
  const rows = sql`jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as d (url text, "urlHash" text)`
  const isWanted = sql`${imageFetches.urlHash} in (select "urlHash" from ${rows})`
  await tx.execute(sql`
    insert into ${imageFetches} (url, url_hash) select url, "urlHash" from ${rows}
    on conflict (url_hash) do nothing`)
  await tx
    .update(imageFetches)
    .set(fromTheBeginning)
    .where(and(isWanted, sql`(status = 'failed' or (status = 'fetched' and media_hash is null))`))
  await tx.execute(sql`
    insert into ${importImages} (import_id, fetch_id) select ${importId}::bigint, id from ${imageFetches}
    where ${isWanted} on conflict do nothing`)
  const fetched = await tx
    .select({ url: imageFetches.url, hash: imageFetches.mediaHash })
    .from(imageFetches)
    .where(and(isWanted, eq(imageFetches.status, 'fetched'), isNotNull(imageFetches.mediaHash)))
  await attachFetchedImages(
    tx,
    fetched.map(({ url, hash }) => ({ url, hash: hash! })),
  )
}

const fromTheBeginning = {
  status: 'waiting' as const,
  attempts: 0,
  nextAttemptAt: sql`now()`,
  failure: null,
}

/** Fetched, but no image that can be shown. */
const isUnreadable = and(eq(imageFetches.status, 'fetched'), eq(media.status, 'failed'))
const isFailed = or(eq(imageFetches.status, 'failed'), isUnreadable)

/** How many of the import's images are waiting, fetched and failed. */
export async function countImages(importId: number): Promise<ImageCounts> {
  const counted = (condition: SQL | undefined) => sql<number>`(count(*) filter (where ${condition}))::int`
  const [row] = await db
    .select({
      waiting: counted(eq(imageFetches.status, 'waiting')),
      fetched: counted(
        and(eq(imageFetches.status, 'fetched'), sql`${media.status} is distinct from 'failed'`),
      ),
      failed: counted(isFailed),
    })
    .from(importImages)
    .innerJoin(imageFetches, eq(imageFetches.id, importImages.fetchId))
    .leftJoin(media, eq(media.hash, imageFetches.mediaHash))
    .where(eq(importImages.importId, importId))
  return row!
}

export type FailedImage = Awaited<ReturnType<typeof listFailedImages>>[number]

/** One page of the import's failed images, each with one of its products. Pages count from 1. */
export async function listFailedImages(importId: number, page: number) {
  const product = db
    .select({ id: products.id, title: products.title })
    .from(productImages)
    .innerJoin(products, eq(products.id, productImages.productId))
    .where(eq(productImages.sourceUrl, imageFetches.url))
    .orderBy(asc(products.id))
    .limit(1)
    .as('product')
  return db
    .select({
      id: imageFetches.id,
      url: imageFetches.url,
      reason: sql<string>`coalesce(${media.error}, ${imageFetches.failure})`,
      productId: product.id,
      title: product.title,
    })
    .from(importImages)
    .innerJoin(imageFetches, eq(imageFetches.id, importImages.fetchId))
    .leftJoin(media, eq(media.hash, imageFetches.mediaHash))
    .leftJoinLateral(product, sql`true`)
    .where(and(eq(importImages.importId, importId), isFailed))
    .orderBy(asc(imageFetches.id))
    .limit(failedImagesPerPage)
    .offset((page - 1) * failedImagesPerPage)
}

export type RetryResult = { ok: true; count: number } | { ok: false; reason: 'not-found' | 'none-failed' }

/** Requests the import's failed images again, or only one of them. */
export async function retryImages(input: {
  importId: number
  fetchId?: number
  by: number
}): Promise<RetryResult> {
  const { importId, fetchId } = input
  return auditedTransaction(input.by, async (tx): Promise<RetryResult> => {
    const [found] = await tx
      .select({ id: imports.id })
      .from(imports)
      .where(eq(imports.id, importId))
      .for('no key update')
    if (!found) return { ok: false, reason: 'not-found' }
    const failed = await tx
      .select({ id: imageFetches.id })
      .from(importImages)
      .innerJoin(imageFetches, eq(imageFetches.id, importImages.fetchId))
      .leftJoin(media, eq(media.hash, imageFetches.mediaHash))
      .where(
        and(
          eq(importImages.importId, importId),
          isFailed,
          fetchId === undefined ? undefined : eq(imageFetches.id, fetchId),
        ),
      )
    if (failed.length === 0) return { ok: false, reason: 'none-failed' }
    const ids = failed.map(({ id }) => id)
    await tx.update(imageFetches).set(fromTheBeginning).where(inArray(imageFetches.id, ids))
    await tx
      .update(imports)
      .set({ imagesRetriedAt: sql`now()` })
      .where(eq(imports.id, importId))
    await enqueue(tx, 'fetch-images', {})
    return { ok: true, count: ids.length }
  })
}
