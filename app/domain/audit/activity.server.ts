import { and, desc, eq, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { auditLog } from '#db/schema/index.ts'
import { type ActivityKind, kindTables, type LogRow, tableLabels } from './activity.ts'

/** Audit log rows per page; fewer entries, because changes of one transaction form one entry. */
export const rowsPerPage = 60

export type LoggedRow = { table: string; key: string }

/** Tables whose rows are part of another row's history: by table, the column that references it. */
const relatedTables: Record<string, [table: string, column: string][]> = {
  products: [
    ['variants', 'product_id'],
    ['product_images', 'product_id'],
  ],
  orders: [
    ['order_events', 'order_id'],
    ['fulfillments', 'order_id'],
    ['payments', 'order_id'],
    ['refunds', 'order_id'],
    ['returns', 'order_id'],
    ['invoices', 'order_id'],
    ['emails', 'order_id'],
  ],
}

/**
 * A page of the audit log, newest first: everything, or filtered by actor, by kind, or by one row with its related
 * rows. `before` is the id of the last row of the previous page; `older` is that for the next page, null at the end.
 */
export async function listActivity(input: {
  actorId: number | null
  kind: ActivityKind | null
  row: LoggedRow | null
  before: number | null
}): Promise<{ rows: LogRow[]; older: number | null }> {
  const rows = await db
    .select()
    .from(auditLog)
    .where(
      and(
        input.actorId === null ? undefined : eq(auditLog.actorId, input.actorId),
        input.kind === null ? undefined : inArray(auditLog.tableName, kindTables[input.kind]),
        input.row === null ? undefined : matchesRow(input.row),
        input.before === null ? undefined : lt(auditLog.id, input.before),
      ),
    )
    .orderBy(desc(auditLog.id))
    .limit(rowsPerPage + 1)
  const shown = rows.slice(0, rowsPerPage)
  return { rows: shown, older: rows.length > rowsPerPage ? shown.at(-1)!.id : null }
}

/** Every user in the audit log, under their latest name. */
export async function listActors(): Promise<{ id: number; name: string }[]> {
  const rows = await db
    .selectDistinctOn([auditLog.actorId], { id: auditLog.actorId, name: auditLog.actorName })
    .from(auditLog)
    .orderBy(auditLog.actorId, desc(auditLog.id))
  return rows.sort((a, b) => a.name.localeCompare(b.name))
}

/** A row as written in a URL, "products/12"; null for tables that are not in the log. */
export function toLoggedRow(typed: string | null): LoggedRow | null {
  const [, table, key] = /^([a-z_]{1,40})\/(\d{1,15})$/.exec(typed ?? '') ?? []
  return table && key && Object.hasOwn(tableLabels, table) ? { table, key } : null
}

/** Deleted related rows are found by their values in the log. */
function matchesRow({ table, key }: LoggedRow): SQL | undefined {
  const itself = and(eq(auditLog.tableName, table), eq(auditLog.rowKey, key))
  const others = (relatedTables[table] ?? []).flatMap(([name, column]) => {
    const present = sql`${auditLog.rowKey} in (
      select id::text from ${sql.identifier(name)} where ${sql.identifier(column)} = ${Number(key)}::bigint)`
    const past = sql`${auditLog.changes} -> ${column}::text @> ${key}::jsonb`
    return and(eq(auditLog.tableName, name), or(present, past))
  })
  return or(itself, ...others)
}
