import { postgresCode } from '#db/errors.ts'
import { asSuperuser } from './database.ts'

type Table = { name: string; columns: string }

let saved: Table[] = []

/** Saves every row of the shop, for `restoreSnapshot`. */
export async function saveSnapshot(): Promise<void> {
  await asSuperuser(async (psql) => {
    // A generated column cannot be written; it is computed again.
    saved = await psql<Table[]>`
      select format('%I', table_name) as name,
        string_agg(format('%I', column_name), ', ') filter (where is_generated = 'NEVER') as columns
      from information_schema.tables join information_schema.columns using (table_schema, table_name)
      where table_schema = 'public' and table_type = 'BASE TABLE' group by table_name`
    await psql`create schema kept`
    for (const { name } of saved) await psql.unsafe(`create table kept.${name} as table public.${name}`)
  })
}

/** Restores every row, sessions included, and announces it, so that no process serves outdated pages. */
export async function restoreSnapshot(): Promise<void> {
  const rows = saved.map(
    ({ name, columns }) => `
      delete from public.${name};
      insert into public.${name} (${columns}) overriding system value select ${columns} from kept.${name};`,
  )
  // A page request may lock the same rows in another order.
  await asSuperuser((psql) =>
    untilNoDeadlock(() =>
      psql.begin(async (tx) => {
        // Of the two, this transaction notices a deadlock first, so that no request fails of it.
        await tx`set local deadlock_timeout = '100ms'`
        // Without triggers and foreign keys: the saved rows are consistent.
        await tx`set local session_replication_role = replica`
        await tx.unsafe(rows.join(''))
        await tx`set local session_replication_role = origin`
        await tx`update settings set version = version`
        // Jobs about rows that no longer exist.
        await tx`delete from pgboss.job`
      }),
    ),
  )
}

async function untilNoDeadlock(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return void (await work())
    } catch (error) {
      if (attempt > 20 || postgresCode(error) !== '40P01') throw error
    }
  }
}
