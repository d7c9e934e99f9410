import { setTimeout as wait } from 'node:timers/promises'
import { and, eq, sql } from 'drizzle-orm'
import { fetchImage, type FetchedImage, type FetchOptions } from '#app/domain/media/fetch-image.server.ts'
import { storeUpload } from '#app/domain/media/store-upload.server.ts'
import { uploadRefusalMessages } from '#app/domain/media/upload.ts'
import { attachFetchedImages } from '#app/domain/products/attach-fetched-images.server.ts'
import { db, transaction } from '#db/client.ts'
import { enqueue } from '#db/outbox.ts'
import { productImages } from '#db/schema/catalog.ts'
import { imageFetches } from '#db/schema/imports.ts'
import { atMost } from './at-most.ts'

type Fetch = { id: number; url: string; host: string; attempts: number; former: string | null }
type Failure = Extract<FetchedImage, { ok: false }>

export type RunOptions = FetchOptions & {
  /** How long to start new fetches; the rest is left to the next job. */
  runMs?: number
  /** Between two fetches from one host. */
  pauseMs?: number
  /** Before the second attempt; each later pause is twice as long. */
  retryMs?: number
}

const maxTotal = 4
/** Storing takes several times the memory of the image. */
const storeOneAtATime = atMost(1)
const maxPerHost = 2
const batchPerHost = 20
const batchTotal = 200
const maxAttempts = 8
const maxRetryMs = 60 * 60 * 1000

/**
 * Fetches the waiting images that are due: four at a time, two from one host, with a pause between them. No transaction
 * is open while it waits for the network, and each image is recorded by itself, so a run that is interrupted loses
 * nothing. Later attempts are left to a job of their own. Safe to run twice.
 */
export async function fetchImages(options: RunOptions): Promise<void> {
  const until = Date.now() + (options.runMs ?? 60_000)
  await deleteUnneeded()
  let due = await listDue()
  while (due.length > 0 && Date.now() < until) {
    await fetchPolitely(due, until, options)
    due = await listDue()
  }
  await continueLater()
}

/** Their products were deleted, or name another image by now. */
async function deleteUnneeded(): Promise<void> {
  await db.execute(sql`
    delete from ${imageFetches} f where status = 'waiting'
      and not exists (select from ${productImages} i where i.source_url = f.url)`)
}

/** Some of each host, so that a slow one does not hold up the others. */
async function listDue(): Promise<Fetch[]> {
  return db.execute<Fetch>(sql`
    select id::int, url, host, attempts, media_hash as former from (
      select *, row_number() over (partition by host order by next_attempt_at, id) as rank from (
        select *, lower(split_part(url, '/', 3)) as host from ${imageFetches}
        where status = 'waiting' and next_attempt_at <= now()
      ) due
    ) ranked
    where rank <= ${batchPerHost} order by rank, id limit ${batchTotal}`)
}

async function fetchPolitely(due: Fetch[], until: number, options: RunOptions): Promise<void> {
  const limit = atMost(maxTotal)
  const lanes = [...Map.groupBy(due, ({ host }) => host).values()].flatMap((queue) =>
    Array.from({ length: maxPerHost }, async () => {
      for (let next = queue.shift(); next && Date.now() < until; next = queue.shift()) {
        const fetch = next
        const isHostBusy = await limit(() => fetchOne(fetch, options))
        // The host asked to wait: what is left of it has a later time now.
        if (isHostBusy) queue.length = 0
        await wait(options.pauseMs ?? 100)
      }
    }),
  )
  await Promise.all(lanes)
}

async function fetchOne(fetch: Fetch, options: RunOptions): Promise<boolean> {
  const found = await fetchImage(fetch.url, options)
  if (!found.ok) return recordFailure(fetch, found, options)
  const filename = new URL(fetch.url).pathname.split('/').at(-1)!
  const stored = await storeOneAtATime(() => storeUpload({ filename, bytes: found.bytes }))
  if (!stored.ok) {
    const message = uploadRefusalMessages[stored.reason]
    return recordFailure(fetch, { ok: false, message, isTemporary: false, retryAfterMs: null }, options)
  }
  await transaction(async (tx) => {
    await tx
      .update(imageFetches)
      .set({ status: 'fetched', mediaHash: stored.hash, failure: null })
      .where(eq(imageFetches.id, fetch.id))
    await attachFetchedImages(tx, [{ url: fetch.url, hash: stored.hash, former: fetch.former }])
  })
  return false
}

/** True when the host asked to wait. */
async function recordFailure(fetch: Fetch, failure: Failure, options: RunOptions): Promise<boolean> {
  const attempts = fetch.attempts + 1
  const isFinal = !failure.isTemporary || attempts >= maxAttempts
  const growing = (options.retryMs ?? 10_000) * 2 ** fetch.attempts * (1 + Math.random() / 4)
  const pauseMs = Math.min(Math.max(growing, failure.retryAfterMs ?? 0), maxRetryMs)
  const later = sql`now() + ${Math.round(pauseMs)} * interval '1 millisecond'`
  await db
    .update(imageFetches)
    .set({ status: isFinal ? 'failed' : 'waiting', attempts, failure: failure.message, nextAttemptAt: later })
    .where(eq(imageFetches.id, fetch.id))
  if (failure.retryAfterMs === null) return false
  await db
    .update(imageFetches)
    .set({ nextAttemptAt: sql`greatest(${imageFetches.nextAttemptAt}, ${later})` })
    .where(
      and(
        eq(imageFetches.status, 'waiting'),
        sql`lower(split_part(${imageFetches.url}, '/', 3)) = ${fetch.host}`,
      ),
    )
  return true
}

async function continueLater(): Promise<void> {
  const [next] = await db
    .select({ at: sql<string | null>`min(${imageFetches.nextAttemptAt})` })
    .from(imageFetches)
    .where(eq(imageFetches.status, 'waiting'))
  if (!next?.at) return
  const startAfter = new Date(next.at)
  await transaction((tx) => enqueue(tx, 'fetch-images', {}, { startAfter }))
}
