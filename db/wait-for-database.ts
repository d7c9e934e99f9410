import { setTimeout as wait } from 'node:timers/promises'
import { isUnavailable } from './errors.ts'

/**
 * Retries for up to 30 s while the database cannot be reached or is still starting; a wrong password or name fails at
 * once. The error says in one line what is wrong, without the URL's password.
 */
export async function waitForDatabase<T>(work: () => Promise<T>, patienceMs = 30_000): Promise<T> {
  const deadline = Date.now() + patienceMs
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isUnavailable(error)) throw explained(error)
      if (Date.now() > deadline)
        throw new Error(
          `Cannot connect to DATABASE_URL (${reasonOf(error)}); tried for ${Math.round(patienceMs / 1000)} s`,
          { cause: error },
        )
      await wait(500)
    }
  }
}

const explanations: Record<string, string> = {
  '28P01': 'DATABASE_URL or DATABASE_OWNER_URL has the wrong user or password',
  '28000': 'The database does not allow this user to connect',
  '3D000': 'DATABASE_URL names a database that does not exist; create it with createdb',
  '42501': 'Permission denied; DATABASE_OWNER_URL must be the owner of the database and its tables',
}

function explained(error: unknown) {
  const { code } = error as { code?: string }
  const explanation = code && explanations[code]
  return explanation ? new Error(`${explanation} (${reasonOf(error)})`, { cause: error }) : error
}

/** The innermost reason of an error, on one line. Node wraps several refused addresses in an AggregateError. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length) return reasonOf(error.errors[0])
  if (!(error instanceof Error)) return String(error)
  if (error.message.startsWith('Failed query') && error.cause) return reasonOf(error.cause)
  return error.message || (error as NodeJS.ErrnoException).code || error.name
}
