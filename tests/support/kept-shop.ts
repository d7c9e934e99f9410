import { postgresCode } from '#db/errors.ts'
import { asSuperuser } from './database.ts'

type Table = { name: string; columns: string }

let kept: Table[] = []

/** Remembers every row of the shop as it is now, for `restoreShop`. */
export async function keepShop(): Promise<void> {
  await asSuperuser(async (psql) => {
    // A generated column cannot be written; what it holds comes back by itself.
    kept = await psql<Table[]>`
      select format('%I', table_name) as name,
        string_agg(format('%I', column_name), ', ') filter (where is_generated = 'NEVER') as columns
      from information_schema.tables join information_schema.columns using (table_schema, table_name)
      where table_schema = 'public' and table_type = 'BASE TABLE' group by table_name`
    await psql`create schema kept`
    for (const { name } of kept) await psql.unsafe(`create table kept.${name} as table public.${name}`)
  })
}

/** Puts every row back as it was, sessions included, and announces it, so that no process serves older pages. */
export async function restoreShop(): Promise<void> {
  const rows = kept.map(
    ({ name, columns }) => `
      delete from public.${name};
      insert into public.${name} (${columns}) overriding system value select ${columns} from kept.${name};`,
  )
  // A page of the shop may be locking the same rows in another order.
  await asSuperuser((psql) =>
    untilNoDeadlock(() =>
      psql.begin(async (tx) => {
        // Without triggers and foreign keys: the rows were right together before, so they are again.
        await tx`set local session_replication_role = replica`
        await tx.unsafe(rows.join(''))
        await tx`set local session_replication_role = origin`
        await tx`update settings set version = version`
        // Jobs about what is gone again.
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
      if (attempt > 3 || postgresCode(error) !== '40P01') throw error
    }
  }
}
