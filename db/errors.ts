import postgres from 'postgres'

/** The SQLSTATE of a database error; undefined for any other error. */
export function postgresCode(error: unknown): string | undefined {
  return postgresError(error)?.code
}

/** The name of the violated constraint, as in db/schema; undefined for any other error. */
export function violatedConstraint(error: unknown): string | undefined {
  return postgresError(error)?.constraint_name
}

/**
 * True for temporary errors: no free connection, PostgreSQL starting, stopping or full, a lock or statement timeout,
 * too many passwords to hash. Answered with 503 and "try again", not 500.
 */
export function isUnavailable(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if ('code' in cause && typeof cause.code === 'string') return temporaryCodes.test(cause.code)
  return false
}

const temporaryCodes =
  /^(08|53|57|55P03|25P03|POOL_BUSY|HASHING_BUSY|CONNECT|ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_AGAIN)/

/** Drizzle wraps the errors of postgres.js. */
function postgresError(error: unknown): postgres.PostgresError | undefined {
  if (error instanceof postgres.PostgresError) return error
  return error instanceof Error && error.cause !== undefined ? postgresError(error.cause) : undefined
}
