import { sql } from 'drizzle-orm'
import type { Tx } from '#db/client.ts'
import { productImages } from '#db/schema/catalog.ts'

/** `former`: what an earlier fetch of the URL stored. */
export type FetchedUrl = { url: string; hash: string; former?: string | null }

/**
 * Gives every image that a file named by one of these URLs its stored bytes, as a step of the caller's transaction.
 * Position and alt text stay, and so does the product's version: nothing that staff edit has changed.
 */
export async function attachFetchedImages(tx: Tx, fetched: FetchedUrl[]): Promise<void> {
  if (fetched.length === 0) return
  await tx.execute(sql`
    update ${productImages} i set media_hash = d.hash
    from jsonb_to_recordset(${JSON.stringify(fetched)}::jsonb) as d (url text, hash text, former text)
    where i.source_url = d.url and (i.media_hash is null or i.media_hash = d.former)`)
}
