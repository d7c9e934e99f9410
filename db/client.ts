import { setTimeout as wait } from 'node:timers/promises'
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import * as schema from './schema/index.ts'

export type Db = PostgresJsDatabase<typeof schema>

/** A step in the caller's transaction. Inside a transaction only this is used: the pool may be full. */
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0]

/** The process's one pool. Set by `connect`. */
export let db: Db
let client: postgres.Sql | undefined

/** Opens the pool. Nothing is sent before the first query. */
export function connect(url: string, options: postgres.Options<Record<string, never>> = {}): Db {
  client = postgres(url, {
    max: 10,
    // The default waits up to 20 s after a restart of the server.
    backoff: (attempt) => Math.min(0.05 * 2 ** attempt, 0.5),
    connect_timeout: 5,
    onnotice: () => {},
    connection: {
      application_name: 'till',
      statement_timeout: 10_000,
      lock_timeout: 5_000,
      idle_in_transaction_session_timeout: 30_000,
    },
    ...options,
  })
  db = drizzle(client, { schema, casing: 'snake_case' })
  return db
}

/** Closes the pool once running queries have ended. */
export async function closeDb(): Promise<void> {
  await client?.end({ timeout: 5 })
  client = undefined
}

/** 40001 serialization_failure, 40P01 deadlock_detected: the same work can succeed when tried again. */
const passing = new Set(['40001', '40P01'])
const attempts = 4

/**
 * Runs the steps in one transaction: all of them happen or none. Tried again up to three times when the
 * database ended it for the sake of another transaction, so the steps must have no effect outside of `tx`.
 */
export async function transaction<T>(steps: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction(steps)
    } catch (error) {
      if (attempt === attempts || !passing.has(postgresCode(error) ?? '')) throw error
      await wait(Math.random() * 20 * 2 ** attempt)
    }
  }
}

/** The SQLSTATE of an error from the database; undefined for any other error. */
export function postgresCode(error: unknown): string | undefined {
  return postgresError(error)?.code
}

/** The name of the constraint that refused a write, as in db/schema; undefined for any other error. */
export function brokenConstraint(error: unknown): string | undefined {
  return postgresError(error)?.constraint_name
}

/** Drizzle wraps what postgres.js throws. */
function postgresError(error: unknown): postgres.PostgresError | undefined {
  if (error instanceof postgres.PostgresError) return error
  return error instanceof Error && error.cause !== undefined ? postgresError(error.cause) : undefined
}
