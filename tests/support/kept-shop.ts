import { sql } from 'drizzle-orm'
import { db, transaction } from '#db/client.ts'

type Table = { name: string; columns: string }

let kept: Table[] = []

/** Remembers every row of the shop as it is now, for `restoreShop`. */
export async function keepShop(): Promise<void> {
  // A generated column cannot be written; what it holds comes back by itself.
  kept = await db.execute<Table>(sql`
    select format('%I', table_name) as name,
      string_agg(format('%I', column_name), ', ') filter (where is_generated = 'NEVER') as columns
    from information_schema.tables join information_schema.columns using (table_schema, table_name)
    where table_schema = 'public' and table_type = 'BASE TABLE' group by table_name`)
  await db.execute(sql`create schema kept`)
  for (const { name } of kept) await db.execute(sql.raw(`create table kept.${name} as table public.${name}`))
}

/** Puts every row back as it was, sessions included, and announces it, so that no process serves older pages. */
export async function restoreShop(): Promise<void> {
  const rows = kept.map(
    ({ name, columns }) => `
      delete from public.${name};
      insert into public.${name} (${columns}) overriding system value select ${columns} from kept.${name};`,
  )
  await transaction(async (tx) => {
    // Without triggers and foreign keys: the rows were right together before, so they are again.
    await tx.execute(sql`set local session_replication_role = replica`)
    await tx.execute(sql.raw(rows.join('')))
    await tx.execute(sql`set local session_replication_role = origin`)
    await tx.execute(sql`update settings set version = version`)
    // Jobs about what is gone again.
    await tx.execute(sql`delete from pgboss.job`)
  })
}
