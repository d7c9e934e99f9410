import { and, desc, eq, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { auditLog } from '#db/schema/index.ts'
import { type ActivityKind, kindTables, type LogRow, thingText } from './activity.ts'

/** Rows of the log on a page; what was done at once is one entry there, so there are fewer of those. */
export const rowsPerPage = 60

export type LoggedRow = { table: string; key: string }

/** What belongs to a row and is part of its history: by table, the column that points at it. */
const relatives: Record<string, [table: string, column: string][]> = {
  products: [
    ['variants', 'product_id'],
    ['product_images', 'product_id'],
  ],
  orders: [
    ['order_events', 'order_id'],
    ['fulfilments', 'order_id'],
    ['payments', 'order_id'],
    ['mails', 'order_id'],
  ],
}

/**
 * A page of the log, newest first: all of it, or what one person did, or one kind of thing, or one row with what belongs
 * to it. `before` is the id of the last row of the page before; `older` is the one for the next, null at the end.
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
        input.row === null ? undefined : concerns(input.row),
        input.before === null ? undefined : lt(auditLog.id, input.before),
      ),
    )
    .orderBy(desc(auditLog.id))
    .limit(rowsPerPage + 1)
  const shown = rows.slice(0, rowsPerPage)
  return { rows: shown, older: rows.length > rowsPerPage ? shown.at(-1)!.id : null }
}

/** Everybody who ever changed anything, as they were called last. */
export async function listActors(): Promise<{ id: number; name: string }[]> {
  const rows = await db
    .selectDistinctOn([auditLog.actorId], { id: auditLog.actorId, name: auditLog.actorName })
    .from(auditLog)
    .orderBy(auditLog.actorId, desc(auditLog.id))
  return rows.sort((a, b) => a.name.localeCompare(b.name))
}

/** A row as an address names it, "products/12"; null for what is not in the log. */
export function loggedRowOf(typed: string | null): LoggedRow | null {
  const [, table, key] = /^([a-z_]{1,40})\/(\d{1,15})$/.exec(typed ?? '') ?? []
  return table && key && Object.hasOwn(thingText, table) ? { table, key } : null
}

/** Relatives that are gone are found by what the log says of them. */
function concerns({ table, key }: LoggedRow): SQL | undefined {
  const itself = and(eq(auditLog.tableName, table), eq(auditLog.rowKey, key))
  const others = (relatives[table] ?? []).flatMap(([name, column]) => {
    const present = sql`${auditLog.rowKey} in (
      select id::text from ${sql.identifier(name)} where ${sql.identifier(column)} = ${Number(key)}::bigint)`
    const past = sql`${auditLog.changes} -> ${column}::text @> ${key}::jsonb`
    return and(eq(auditLog.tableName, name), or(present, past))
  })
  return or(itself, ...others)
}
