import { and, eq } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { mediaRenditions } from '#db/schema/media.ts'

export type RenditionName = { hash: string; width: number; format: 'avif' | 'webp' | 'jpeg' }

/** The bytes of one rendition; null when there is none. */
export async function getRendition({ hash, width, format }: RenditionName): Promise<Buffer | null> {
  const [row] = await db
    .select({ bytes: mediaRenditions.bytes })
    .from(mediaRenditions)
    .where(
      and(
        eq(mediaRenditions.hash, hash),
        eq(mediaRenditions.width, width),
        eq(mediaRenditions.format, format),
      ),
    )
  return row?.bytes ?? null
}
