import { sql } from 'drizzle-orm'
import { fromDrizzle, PgBoss } from 'pg-boss'
import { db, type Tx } from './client.ts'
import type { JobData, QueueName } from './queues.ts'

let sender: Promise<PgBoss> | undefined

/**
 * Puts a job in the queue as a step of the caller's transaction: it runs if and only if that commits.
 * Jobs carry ids only and are safe to run twice.
 */
export async function enqueue<Name extends QueueName>(tx: Tx, queue: Name, data: JobData[Name]): Promise<void> {
  const boss = await getSender()
  await boss.send(queue, data, { db: fromDrizzle(tx, sql) })
}

/** Gets the sender ready, so that the first order does not wait for it. */
export async function prepareOutbox(): Promise<void> {
  await getSender()
}

/** Forgets the sender, for a process that connects to another database. */
export async function closeOutbox(): Promise<void> {
  const boss = await sender
  sender = undefined
  await boss?.stop({ graceful: false })
}

/** A pg-boss that only sends: it works through the shop's own pool and runs nothing by itself. */
function getSender(): Promise<PgBoss> {
  sender ??= startSender().catch((error: unknown) => {
    sender = undefined
    throw error
  })
  return sender
}

async function startSender(): Promise<PgBoss> {
  const boss = new PgBoss({ db: fromDrizzle(db, sql), migrate: false, supervise: false, schedule: false })
  boss.on('error', () => {})
  await boss.start()
  return boss
}
