import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { bytea, createdAt, foreignId, id, instant } from './columns.ts'
import { users } from './accounts.ts'
import { media } from './media.ts'

/** uploaded -> reading -> ready -> applying -> applied -> undoing -> undone; or failed, or discarded. */
export const importStatus = pgEnum('import_status', [
  'uploaded',
  'reading',
  'ready',
  'applying',
  'applied',
  'failed',
  'discarded',
  'undoing',
  'undone',
])
export const importDialect = pgEnum('import_dialect', ['classic', 'template', 'woocommerce'])
/** Why undoing an import left a product as it was. */
export const importKeptReason = pgEnum('import_kept_reason', [
  'changed',
  'deleted',
  'ordered',
  'in-use',
  'sold',
  'refused',
])
export const importAction = pgEnum('import_action', ['create', 'update', 'unchanged', 'skip'])

/** An uploaded product file, and its change set. */
export const imports = pgTable(
  'imports',
  {
    id: id(),
    filename: text().notNull(),
    byteSize: bigint({ mode: 'number' }).notNull(),
    status: importStatus().notNull().default('uploaded'),
    dialect: importDialect(),
    /** Encoding, separator and price notation of the file, as detected. */
    format: jsonb().$type<unknown>(),
    /** Existing products are updated (true) or skipped (false). */
    overwrite: boolean().notNull().default(false),
    headers: text()
      .array()
      .notNull()
      .default(sql`'{}'`),
    rowsRead: integer().notNull().default(0),
    bytesRead: bigint({ mode: 'number' }).notNull().default(0),
    createCount: integer().notNull().default(0),
    updateCount: integer().notNull().default(0),
    unchangedCount: integer().notNull().default(0),
    skippedCount: integer().notNull().default(0),
    errorCount: integer().notNull().default(0),
    warningCount: integer().notNull().default(0),
    appliedCount: integer().notNull().default(0),
    /** Why the whole file failed, as text. */
    failure: text(),
    byUserId: foreignId().references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
    readAt: instant(),
    appliedAt: instant(),
    /** Products that undoing the import wrote, and those that it left as they were. */
    undoneCount: integer().notNull().default(0),
    keptCount: integer().notNull().default(0),
    undoneAt: instant(),
    /** When staff last requested failed images again. */
    imagesRetriedAt: instant(),
  },
  (t) => [index('imports_newest').on(t.createdAt.desc(), t.id.desc())],
)

/** The uploaded bytes in chunks, so that any worker can stream them; deleted once applied or discarded. */
export const importChunks = pgTable(
  'import_chunks',
  {
    importId: foreignId()
      .notNull()
      .references(() => imports.id, { onDelete: 'cascade' }),
    position: integer().notNull(),
    bytes: bytea().notNull(),
  },
  (t) => [primaryKey({ name: 'import_chunks_pkey', columns: [t.importId, t.position] })],
)

/** One product of the change set: its current and its new state. */
export const importChanges = pgTable(
  'import_changes',
  {
    id: id(),
    importId: foreignId()
      .notNull()
      .references(() => imports.id, { onDelete: 'cascade' }),
    line: integer().notNull(),
    handle: text().notNull(),
    title: text().notNull(),
    action: importAction().notNull(),
    productId: foreignId(),
    /** Version of the product that the change was computed against. */
    productVersion: integer(),
    before: jsonb().$type<unknown>(),
    after: jsonb().$type<unknown>().notNull(),
    appliedAt: instant(),
    undoneAt: instant(),
    keptReason: importKeptReason(),
  },
  (t) => [
    index('import_changes_kept')
      .on(t.importId, t.id)
      .where(sql`${t.keptReason} is not null`),
    index('import_changes_by_action').on(t.importId, t.action, t.id),
    index('import_changes_to_apply')
      .on(t.importId, t.id)
      .where(sql`${t.appliedAt} is null`),
    check('import_changes_line', sql`${t.line} >= 1`),
  ],
)

export const importSeverity = pgEnum('import_severity', ['error', 'warning'])

export const importProblems = pgTable(
  'import_problems',
  {
    id: id(),
    importId: foreignId()
      .notNull()
      .references(() => imports.id, { onDelete: 'cascade' }),
    severity: importSeverity().notNull(),
    line: integer().notNull(),
    handle: text().notNull().default(''),
    column: text().notNull().default(''),
    /** The cell, shortened; empty where the issue is about more than one. */
    value: text().notNull().default(''),
    message: text().notNull(),
  },
  (t) => [index('import_problems_by_line').on(t.importId, t.severity, t.line)],
)

export const imageFetchStatus = pgEnum('image_fetch_status', ['waiting', 'fetched', 'failed'])

/** An image that imported files name by URL; each URL is fetched once, for all products and imports. */
export const imageFetches = pgTable(
  'image_fetches',
  {
    id: id(),
    url: text().notNull(),
    /** SHA-256 (hex) of the URL: an index entry cannot hold a long URL. */
    urlHash: text().notNull(),
    status: imageFetchStatus().notNull().default('waiting'),
    /** Attempts since it was last requested. */
    attempts: integer().notNull().default(0),
    nextAttemptAt: instant().notNull().defaultNow(),
    /** Why the last attempt failed, as text for staff. */
    failure: text(),
    mediaHash: text().references(() => media.hash, { onDelete: 'set null' }),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('image_fetches_url_key').on(t.urlHash),
    index('image_fetches_due')
      .on(t.nextAttemptAt)
      .where(sql`${t.status} = 'waiting'`),
    check('image_fetches_failed_has_reason', sql`${t.status} <> 'failed' or ${t.failure} is not null`),
  ],
)

/** The images of an import's products. */
export const importImages = pgTable(
  'import_images',
  {
    importId: foreignId()
      .notNull()
      .references(() => imports.id, { onDelete: 'cascade' }),
    fetchId: foreignId()
      .notNull()
      .references(() => imageFetches.id, { onDelete: 'cascade' }),
  },
  (t) => [
    primaryKey({ name: 'import_images_pkey', columns: [t.importId, t.fetchId] }),
    index('import_images_fetch').on(t.fetchId),
  ],
)
