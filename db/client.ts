/** The one pool of this process, and the only way to a transaction. */
import { sql } from 'drizzle-orm'
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { setTimeout as wait } from 'node:timers/promises'
import postgres from 'postgres'
import { postgresCode } from './errors.ts'
import { createSemaphore } from './semaphore.ts'
import * as schema from './schema/index.ts'

export type Db = PostgresJsDatabase<typeof schema> & { $client: postgres.Sql }
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0]

export type PoolOptions = {
  max?: number
  applicationName?: string
  /** How long one statement may run; a job that needs longer says so with `set local` in its transaction. */
  statementTimeoutMs?: number
  lockTimeoutMs?: number
  /** How long to wait for a free connection before failing, which a shopper sees as a 503. */
  acquireTimeoutMs?: number
  /** Called with each statement just before it is sent; the power-cut test crashes here. */
  onStatement?: (query: string) => void
}

type Pool = {
  client: postgres.Sql
  db: Db
  run: ReturnType<typeof createSemaphore>
  retries: number
  reopen: () => Pool
}

/** Stored on the process, so that the server bundle, a script and a hot reload all use the same pool. */
const globals = globalThis as { [key: symbol]: Pool | undefined }
const slot = Symbol.for('till.pool')

/** Sets the database; connections are opened by the first query. A second call replaces the first pool. */
export function connect(url: string, options: PoolOptions = {}): Db {
  const before = globals[slot]
  globals[slot] = createPool(url, options)
  void before?.client.end({ timeout: 5 })
  return db
}

/** The database outside a transaction. Inside one use only `tx`: this one would deadlock on a full pool. */
export const db: Db = new Proxy({} as Db, {
  get(_, name) {
    const { db } = pool()
    const value: unknown = Reflect.get(db, name, db)
    return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(db) : value
  },
})

type Preparable = { execute(values?: Record<string, unknown>): unknown }

/**
 * A query outside transactions whose SQL is built once per pool and not per call, because building takes Drizzle longer
 * than sending. Variable parts are named with `sql.placeholder` and passed to the returned function.
 */
export function preparedQuery<Query extends Preparable>(build: (db: Db) => Query): Query['execute'] {
  const built = new WeakMap<Db, Query>()
  const execute = (values?: Record<string, unknown>) => {
    const { db } = pool()
    const query = built.get(db) ?? build(db)
    built.set(db, query)
    return query.execute(values)
  }
  return execute
}

/**
 * Runs `work` in one transaction and returns its result. Deadlocks (40P01) and serialization failures (40001) are
 * retried up to three times after a short random pause, so side effects of `work` outside `tx` must be repeatable. A
 * transaction takes one connection of the pool; do not nest it, pass `tx` on.
 */
export async function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await pool().db.transaction(work)
    } catch (error) {
      if (attempt > 3 || !isRetryable(error)) throw error
      pool().retries++
      await wait(Math.random() * 20 * 2 ** attempt)
    }
  }
}

/**
 * A transaction of a staff member: triggers write each changed row, before and after, into the audit log with the
 * user's name.
 */
export async function auditedTransaction<T>(by: number, work: (tx: Tx) => Promise<T>): Promise<T> {
  return transaction(async (tx) => {
    await setAuditActor(tx, by)
    return work(tx)
  })
}

/** Audits the rest of this transaction, for an actor who is known only in the middle of it. */
export async function setAuditActor(tx: Tx, by: number): Promise<void> {
  await tx.execute(sql`select set_config('till.actor', ${String(by)}, true)`)
}

/** 40001 serialization_failure, 40P01 deadlock_detected: the same work can succeed when retried. */
const isRetryable = (error: unknown) => ['40001', '40P01'].includes(postgresCode(error) ?? '')

/** Closes the pool: running queries finish, for at most five seconds. */
export async function closeDb() {
  const before = globals[slot]
  globals[slot] = undefined
  await before?.client.end({ timeout: 5 })
}

/**
 * Whether the exception is one that postgres.js 3.4.9 throws outside any promise: when a connection is lost between two
 * statements of a transaction, it writes to a closed socket. The statement has already failed for its caller; only that
 * connection never sends again, so a new pool replaces the old one.
 */
export function recoverFromLostWrite(error: unknown): boolean {
  const isLostWrite =
    error instanceof TypeError &&
    error.message.includes("reading 'write'") &&
    /postgres\/(src|cjs\/src)\/connection\.js/.test(error.stack ?? '')
  if (isLostWrite) renewPool()
  return isLostWrite
}

function renewPool() {
  const before = globals[slot]
  if (!before) return
  globals[slot] = before.reopen()
  void before.client.end({ timeout: 5 })
}

/** For /metrics: connections in use, callers waiting for one, retried transactions. */
export function poolState() {
  const pool = globals[slot]
  return { busy: 0, waiting: 0, ...pool?.run.state(), retries: pool?.retries ?? 0 }
}

function pool(): Pool {
  const pool = globals[slot]
  if (!pool) throw new Error('Not connected to a database: call connect(url) first')
  return pool
}

function createPool(url: string, options: PoolOptions): Pool {
  const max = options.max ?? 10
  const client = postgres(url, {
    max,
    connect_timeout: 5,
    max_lifetime: 3600,
    // A restart of PostgreSQL takes about a second; the default would wait up to 20 s afterwards.
    backoff: (tries) => Math.min(0.05 * 2 ** tries, 0.5),
    onnotice: () => {},
    debug: options.onStatement && ((_, query) => options.onStatement?.(query)),
    connection: {
      application_name: options.applicationName ?? 'till',
      statement_timeout: options.statementTimeoutMs ?? 10_000,
      lock_timeout: options.lockTimeoutMs ?? 4_000,
      idle_in_transaction_session_timeout: 20_000,
      // Compiling takes longer than it saves in statements of this length.
      jit: 'off',
      // Starting a worker takes longer than most statements. A job that gains by it sets it in its transaction. As text,
      // because postgres.js leaves out a number 0.
      max_parallel_workers_per_gather: '0',
    },
  })
  const run = createSemaphore(max, options.acquireTimeoutMs ?? 1_800)
  const db = drizzle(withSemaphore(client, run), { schema, casing: 'snake_case' })
  return { client, db, run, retries: 0, reopen: () => createPool(url, options) }
}

/** Long value lists produce a new text each time; preparing those would fill PostgreSQL's memory. */
const maxPreparedParameters = 100

/**
 * The client for Drizzle, behind the semaphore. A permit guarantees a free connection, so postgres.js neither queues
 * without limit nor sends a query behind another caller's slow one.
 */
function withSemaphore(client: postgres.Sql, run: ReturnType<typeof createSemaphore>) {
  const unsafe = (query: string, parameters: Parameter[] = []) => {
    const send = () => client.unsafe(query, parameters, preparing(query, parameters))
    return {
      then: (...handlers: Parameters<Promise<unknown>['then']>) =>
        run(async () => await send()).then(...handlers),
      values: () => run(async () => await send().values()),
    }
  }
  const begin = (work: (tx: postgres.TransactionSql) => Promise<unknown>) =>
    run(() => client.begin((tx) => work(prepared(tx))))
  return Object.assign(Object.create(client), { unsafe, begin }) as postgres.Sql
}

/** Drizzle does not prepare statements by itself; prepared ones save a round trip per query. */
function prepared(tx: postgres.TransactionSql): postgres.TransactionSql {
  const unsafe = (query: string, parameters: Parameter[] = []) =>
    tx.unsafe(query, parameters, preparing(query, parameters))
  const savepoint = (work: (tx: postgres.TransactionSql) => Promise<unknown>) =>
    tx.savepoint((inner) => work(prepared(inner)))
  return Object.assign(Object.create(tx), { unsafe, savepoint }) as postgres.TransactionSql
}

type Parameter = postgres.ParameterOrJSON<never>

function preparing(query: string, parameters: Parameter[]) {
  const { length } = parameters
  return { prepare: length > 0 && length <= maxPreparedParameters && !query.includes(plannedForValues) }
}

/** In a statement: how it is run depends so much on its values that PostgreSQL plans it for them each time. */
export const plannedForValues = '/* planned for its values */'
