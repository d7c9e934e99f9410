import { bigint, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { createdAt, id } from './columns.ts'

/** One changed column: what it held before and after. */
export type AuditChanges = Record<string, [before: unknown, after: unknown]>

/**
 * What staff changed: one row per row that they wrote, made by triggers in the same transaction and never changed
 * afterwards. Nothing here refers to other tables, so that it stays when they do not.
 */
export const auditLog = pgTable(
  'audit_log',
  {
    id: id(),
    at: createdAt(),
    actorId: bigint({ mode: 'number' }).notNull(),
    /** As the person was called then. */
    actorName: text().notNull(),
    tableName: text().notNull(),
    rowKey: text().notNull(),
    /** What the row was called then: a title, a name, a number. */
    label: text().notNull(),
    action: text({ enum: ['insert', 'update', 'delete'] }).notNull(),
    changes: jsonb().$type<AuditChanges>().notNull(),
  },
  (t) => [
    index('audit_log_actor').on(t.actorId, t.id),
    index('audit_log_row').on(t.tableName, t.rowKey, t.id),
  ],
)
