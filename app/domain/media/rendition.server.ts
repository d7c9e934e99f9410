import { and, eq, sql } from 'drizzle-orm'
import { db } from '#db/client.ts'
import {
  collections,
  homeSections,
  mediaRenditions,
  productImages,
  reviewPhotos,
  reviews,
} from '#db/schema/index.ts'

export type RenditionName = { hash: string; width: number; format: 'avif' | 'webp' | 'jpeg' }

/** The bytes of one rendition; null when there is none. */
export function getRendition(name: RenditionName): Promise<Buffer | null> {
  return readRendition(name)
}

/**
 * The same for everyone: null also for the photo of a review that is not approved, unless it is an image of the store
 * as well.
 */
export function getPublicRendition(name: RenditionName): Promise<Buffer | null> {
  return readRendition(name, isPublic)
}

async function readRendition({ hash, width, format }: RenditionName, condition?: typeof isPublic) {
  const [row] = await db
    .select({ bytes: mediaRenditions.bytes })
    .from(mediaRenditions)
    .where(
      and(
        eq(mediaRenditions.hash, hash),
        eq(mediaRenditions.width, width),
        eq(mediaRenditions.format, format),
        condition,
      ),
    )
  return row?.bytes ?? null
}

const shows = (table: typeof productImages | typeof collections | typeof homeSections) =>
  sql`exists (select from ${table} where ${table.mediaHash} = ${mediaRenditions.hash})`

const isPublic = sql`(
  not exists (select from ${reviewPhotos} where ${reviewPhotos.mediaHash} = ${mediaRenditions.hash})
  or exists (select from ${reviewPhotos} join ${reviews} on ${reviews.id} = ${reviewPhotos.reviewId}
    where ${reviewPhotos.mediaHash} = ${mediaRenditions.hash} and ${reviews.status} = 'approved')
  or ${shows(productImages)} or ${shows(collections)} or ${shows(homeSections)})`
