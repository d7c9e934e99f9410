import { and, inArray, sql } from 'drizzle-orm'
import { transaction, type Tx } from '#db/client.ts'
import {
  collections,
  homeSections,
  imageFetches,
  media,
  productImages,
  reviewPhotos,
} from '#db/schema/index.ts'

/** Deletes those of these images that nothing shows any more, as a step of the caller's transaction. */
export async function deleteUnusedMedia(tx: Tx, hashes: string[]): Promise<void> {
  if (hashes.length === 0) return
  await tx
    .delete(media)
    .where(
      and(
        inArray(media.hash, hashes),
        ...[productImages, collections, homeSections, imageFetches, reviewPhotos].map(
          (table) => sql`not exists (select from ${table} where ${table.mediaHash} = ${media.hash})`,
        ),
      ),
    )
}

/** The same for images that a form has sent and that are not used after all. */
export async function discardUploads(hashes: string[]): Promise<void> {
  await transaction((tx) => deleteUnusedMedia(tx, hashes))
}
