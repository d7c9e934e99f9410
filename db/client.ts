/** The one pool of this process, and the only way to a transaction. */
import { sql } from 'drizzle-orm'
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { setTimeout as wait } from 'node:timers/promises'
import postgres from 'postgres'
import { postgresCode } from './errors.ts'
import { createGate } from './gate.ts'
import * as schema from './schema/index.ts'

export type Db = PostgresJsDatabase<typeof schema> & { $client: postgres.Sql }
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0]

export type PoolOptions = {
  max?: number
  applicationName?: string
  /** How long one statement may run; a job that needs longer says so with `set local` in its transaction. */
  statementTimeoutMs?: number
  lockTimeoutMs?: number
  /** How long to wait for a free connection before giving up, which a shopper sees as a 503. */
  acquireTimeoutMs?: number
  /** Called with each statement just before it is sent; a power-cut test dies here. */
  onStatement?: (query: string) => void
}

type Pool = {
  client: postgres.Sql
  db: Db
  run: ReturnType<typeof createGate>
  retries: number
  reopen: () => Pool
}

/** Kept on the process, so that the server's bundle, a script and a hot reload all find the same pool. */
const kept = globalThis as { [key: symbol]: Pool | undefined }
const slot = Symbol.for('till.pool')

/** Names the database; connections are opened by the first query. A second call replaces the first pool. */
export function connect(url: string, options: PoolOptions = {}): Db {
  const before = kept[slot]
  kept[slot] = createPool(url, options)
  void before?.client.end({ timeout: 5 })
  return db
}

/** Shop data, outside a transaction. Inside one use only `tx`: this one on a full pool would wait for itself. */
export const db: Db = new Proxy({} as Db, {
  get(_, name) {
    const { db } = pool()
    const value: unknown = Reflect.get(db, name, db)
    return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(db) : value
  },
})

type Preparable = { execute(values?: Record<string, unknown>): unknown }

/**
 * A query outside transactions whose SQL is built once for each pool, and not by each call, which takes Drizzle longer
 * than sending it. What varies is named with `sql.placeholder` and given to the function that this returns.
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
 * Runs `work` in one transaction and returns its result. Deadlocks (40P01) and serialization failures (40001)
 * are tried again up to three times after a short random pause, so `work` does nothing outside `tx` that
 * cannot be done twice. A transaction takes one connection of the pool; do not nest it, pass `tx` on.
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
 * A transaction in which a staff member changes something: triggers write each changed row, before and after, into
 * the audit log with the person's name.
 */
export async function auditedTransaction<T>(by: number, work: (tx: Tx) => Promise<T>): Promise<T> {
  return transaction(async (tx) => {
    await nameActor(tx, by)
    return work(tx)
  })
}

/** From here on, this transaction is audited: for somebody who is only known in the midst of it. */
export async function nameActor(tx: Tx, by: number): Promise<void> {
  await tx.execute(sql`select set_config('till.actor', ${String(by)}, true)`)
}

/** 40001 serialization_failure, 40P01 deadlock_detected: the same work can succeed when tried again. */
const isRetryable = (error: unknown) => ['40001', '40P01'].includes(postgresCode(error) ?? '')

/** Ends the pool: running queries finish, for at most five seconds. */
export async function closeDb() {
  const before = kept[slot]
  kept[slot] = undefined
  await before?.client.end({ timeout: 5 })
}

/**
 * Whether the exception is one that postgres.js 3.4.9 throws into the void: when a connection is lost between two
 * statements of a transaction it writes to a socket that is gone. The statement has failed already and the caller
 * knows; only that connection never sends again, so a new pool takes over and the old one ends.
 */
export function survives(error: unknown): boolean {
  const isLostWrite =
    error instanceof TypeError &&
    error.message.includes("reading 'write'") &&
    /postgres\/(src|cjs\/src)\/connection\.js/.test(error.stack ?? '')
  if (isLostWrite) renewPool()
  return isLostWrite
}

function renewPool() {
  const before = kept[slot]
  if (!before) return
  kept[slot] = before.reopen()
  void before.client.end({ timeout: 5 })
}

/** For /metrics: connections in use, callers waiting for one, transactions tried again. */
export function poolState() {
  const pool = kept[slot]
  return { busy: 0, waiting: 0, ...pool?.run.state(), retries: pool?.retries ?? 0 }
}

function pool(): Pool {
  const pool = kept[slot]
  if (!pool) throw new Error('No database yet: call connect(url) first')
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
    },
  })
  const run = createGate(max, options.acquireTimeoutMs ?? 1_800)
  const db = drizzle(gated(client, run), { schema, casing: 'snake_case' })
  return { client, db, run, retries: 0, reopen: () => createPool(url, options) }
}

/** Long lists of values make a new text each time; preparing those would fill PostgreSQL's memory. */
const maxPreparedParameters = 100

/**
 * The client as Drizzle uses it, behind the gate. Behind the gate there is always a connection to be had, so
 * postgres.js neither queues without limit nor sends a query behind somebody else's slow one.
 */
function gated(client: postgres.Sql, run: ReturnType<typeof createGate>) {
  const unsafe = (query: string, parameters: Parameter[] = []) => {
    const send = () => client.unsafe(query, parameters, preparing(parameters))
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

/** Drizzle does not prepare statements by itself; prepared ones spare each query a round trip. */
function prepared(tx: postgres.TransactionSql): postgres.TransactionSql {
  const unsafe = (query: string, parameters: Parameter[] = []) =>
    tx.unsafe(query, parameters, preparing(parameters))
  const savepoint = (work: (tx: postgres.TransactionSql) => Promise<unknown>) =>
    tx.savepoint((inner) => work(prepared(inner)))
  return Object.assign(Object.create(tx), { unsafe, savepoint }) as postgres.TransactionSql
}

type Parameter = postgres.ParameterOrJSON<never>

function preparing(parameters: Parameter[]) {
  return { prepare: parameters.length > 0 && parameters.length <= maxPreparedParameters }
}
