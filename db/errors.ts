import postgres from 'postgres'

/** The SQLSTATE of an error from the database; undefined for any other error. */
export function postgresCode(error: unknown): string | undefined {
  return postgresError(error)?.code
}

/** The name of the constraint that refused a write, as in db/schema; undefined for any other error. */
export function brokenConstraint(error: unknown): string | undefined {
  return postgresError(error)?.constraint_name
}

/**
 * True for faults that pass: no connection to be had, PostgreSQL starting, stopping or full, a lock or a
 * statement that took too long, too many passwords to hash. The answer to them is 503 and "try again", not 500.
 */
export function isUnavailable(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if ('code' in cause && typeof cause.code === 'string') return passing.test(cause.code)
  return false
}

const passing =
  /^(08|53|57|55P03|25P03|POOL_BUSY|HASHING_BUSY|CONNECT|ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_AGAIN)/

/** Drizzle wraps what postgres.js throws. */
function postgresError(error: unknown): postgres.PostgresError | undefined {
  if (error instanceof postgres.PostgresError) return error
  return error instanceof Error && error.cause !== undefined ? postgresError(error.cause) : undefined
}
