import { sql } from 'drizzle-orm'
import { check, index, integer, pgEnum, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { bytea, createdAt } from './columns.ts'

export const mediaStatus = pgEnum('media_status', ['pending', 'ready', 'failed'])
export const mediaFormat = pgEnum('media_format', ['avif', 'webp', 'jpeg'])

/** An image by the SHA-256 (hex) of its uploaded bytes; the same image is stored once. */
export const media = pgTable(
  'media',
  {
    hash: text().primaryKey(),
    status: mediaStatus().notNull().default('pending'),
    /** Why the image failed, as text for staff. */
    error: text(),
    filename: text().notNull().default(''),
    contentType: text().notNull(),
    byteSize: integer().notNull(),
    original: bytea().notNull(),
    /** Pixels after rotation by EXIF; null until the job has read the image. */
    width: integer(),
    height: integer(),
    /** Average color as #rrggbb, shown while the image loads. */
    color: text(),
    createdAt: createdAt(),
  },
  (t) => [
    check('media_hash_is_sha256', sql`${t.hash} ~ '^[0-9a-f]{64}$'`),
    check('media_ready_has_size', sql`${t.status} <> 'ready' or (${t.width} > 0 and ${t.height} > 0)`),
    index('media_status')
      .on(t.status)
      .where(sql`${t.status} <> 'ready'`),
  ],
)

export const mediaRenditions = pgTable(
  'media_renditions',
  {
    hash: text()
      .notNull()
      .references(() => media.hash, { onDelete: 'cascade' }),
    width: integer().notNull(),
    format: mediaFormat().notNull(),
    bytes: bytea().notNull(),
  },
  (t) => [
    primaryKey({ name: 'media_renditions_pkey', columns: [t.hash, t.width, t.format] }),
    check('media_renditions_width', sql`${t.width} between 1 and 10000`),
  ],
)
