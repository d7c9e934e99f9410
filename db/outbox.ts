import { sql } from 'drizzle-orm'
import { fromDrizzle, PgBoss } from 'pg-boss'
import { db, type Tx } from './client.ts'
import type { JobData, QueueName } from './queues.ts'

let sender: PgBoss | undefined

/**
 * Puts a job in the queue as a step of the caller's transaction: it runs if and only if that commits.
 * Jobs carry ids only and are safe to run twice.
 */
export async function enqueue<Name extends QueueName>(
  tx: Tx,
  queue: Name,
  data: JobData[Name],
): Promise<void> {
  if (!sender) throw new Error('openOutbox() has to come before the first job')
  await sender.send(queue, data, { db: fromDrizzle(tx, sql) })
}

/**
 * Gets jobs ready to be sent: a pg-boss that runs nothing and works through the shop's own pool. Done before
 * the first transaction, because it reads the queues on a connection of its own and a full pool of
 * transactions that wait for it would wait for ever.
 */
export async function openOutbox(): Promise<void> {
  const boss = new PgBoss({ db: fromDrizzle(db, sql), migrate: false, supervise: false, schedule: false })
  boss.on('error', () => {})
  await boss.start()
  sender = boss
}

export async function closeOutbox(): Promise<void> {
  await sender?.stop({ graceful: false })
  sender = undefined
}
