import { sql } from 'drizzle-orm'
import { fromDrizzle, PgBoss } from 'pg-boss'
import { db, type Tx } from './client.ts'
import type { JobData, QueueName } from './queues.ts'

let sender: PgBoss | undefined

/**
 * Enqueues a job as a step of the caller's transaction: it runs if and only if that commits. Jobs carry ids only and
 * are safe to run twice.
 */
export async function enqueue<Name extends QueueName>(
  tx: Tx,
  queue: Name,
  data: JobData[Name],
  options: { startAfter?: Date } = {},
): Promise<void> {
  if (!sender) throw new Error('Call openOutbox() before enqueueing a job')
  await sender.send(queue, data, { ...options, db: fromDrizzle(tx, sql) })
}

/** The same for many jobs of one queue, in one statement. */
export async function enqueueAll<Name extends QueueName>(
  tx: Tx,
  queue: Name,
  jobs: JobData[Name][],
): Promise<void> {
  if (!sender) throw new Error('Call openOutbox() before enqueueing a job')
  if (jobs.length > 0)
    await sender.insert(
      queue,
      jobs.map((data) => ({ data })),
      { db: fromDrizzle(tx, sql) },
    )
}

/**
 * Prepares enqueueing: a pg-boss that runs no jobs and uses the shop's own pool. Must finish before the first
 * transaction, because it reads the queues on its own connection, and a full pool of transactions waiting for it would
 * deadlock.
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
