import { bigint, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { createdAt, id } from './columns.ts'

/** One changed column: its values before and after. */
export type AuditChanges = Record<string, [before: unknown, after: unknown]>

/**
 * Changes by staff: one row per changed row, written by triggers in the same transaction and never changed afterwards.
 * References no other tables, so that it outlives their rows.
 */
export const auditLog = pgTable(
  'audit_log',
  {
    id: id(),
    at: createdAt(),
    actorId: bigint({ mode: 'number' }).notNull(),
    /** The user's name at that time. */
    actorName: text().notNull(),
    tableName: text().notNull(),
    rowKey: text().notNull(),
    /** The row's label at that time: a title, a name, a number. */
    label: text().notNull(),
    action: text({ enum: ['insert', 'update', 'delete'] }).notNull(),
    changes: jsonb().$type<AuditChanges>().notNull(),
  },
  (t) => [
    index('audit_log_actor').on(t.actorId, t.id),
    index('audit_log_row').on(t.tableName, t.rowKey, t.id),
  ],
)
