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
} from 'drizzle-orm/pg-core'
import { bytea, createdAt, foreignId, id, instant } from './columns.ts'
import { users } from './accounts.ts'

/** uploaded -> reading -> ready -> applying -> applied; or failed, or discarded. */
export const importStatus = pgEnum('import_status', [
  'uploaded',
  'reading',
  'ready',
  'applying',
  'applied',
  'failed',
  'discarded',
])
export const importDialect = pgEnum('import_dialect', ['classic', 'template'])
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
  },
  (t) => [
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
    message: text().notNull(),
  },
  (t) => [index('import_problems_by_line').on(t.importId, t.severity, t.line)],
)
