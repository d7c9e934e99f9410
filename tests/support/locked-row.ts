import { eq, sql } from 'drizzle-orm'
import { vi } from 'vitest'
import { db, type Tx } from '#db/client.ts'
import type { users, variants } from '#db/schema/index.ts'

/**
 * Starts each command while the row is locked, the next one only when the previous one waits for a lock or has
 * finished, so that they get the row in this order. `change` is written by the lock's own transaction.
 */
export async function whileRowIsLocked<T>(
  { table, id }: { table: typeof users | typeof variants; id: number },
  commands: (() => Promise<T>)[],
  change: (tx: Tx) => Promise<unknown> = () => Promise.resolve(),
): Promise<T[]> {
  const started: Promise<T>[] = []
  await db.transaction(async (tx) => {
    await tx.select({ id: table.id }).from(table).where(eq(table.id, id)).for('update')
    await change(tx)
    for (const command of commands) {
      let finished = 0
      for (const earlier of started) void earlier.then(() => (finished += 1))
      const promise = command()
      void promise.then(
        () => (finished += 1),
        () => (finished += 1),
      )
      started.push(promise)
      await vi.waitUntil(async () => (await countWaiting()) + finished >= started.length, {
        timeout: 10_000,
        interval: 10,
      })
    }
  })
  return Promise.all(started)
}

/** The number of connections to this database that wait for a lock. */
export async function countWaiting(): Promise<number> {
  const [row] = await db.execute<{ waiting: number }>(
    sql`select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  )
  return row!.waiting
}
