import { setTimeout as wait } from 'node:timers/promises'
import { isUnavailable } from './errors.ts'

/**
 * Tries again for up to 30 s while the database cannot be reached or is still starting; a wrong password or
 * name fails at once. The error says in one line what is wrong, without the address's password.
 */
export async function retryUntilReachable<T>(work: () => Promise<T>, patienceMs = 30_000): Promise<T> {
  const deadline = Date.now() + patienceMs
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isUnavailable(error)) throw explained(error)
      if (Date.now() > deadline)
        throw new Error(
          `DATABASE_URL leads to no database (${reasonOf(error)}); tried for ${Math.round(patienceMs / 1000)} s`,
          { cause: error },
        )
      await wait(500)
    }
  }
}

const explanations: Record<string, string> = {
  '28P01': 'DATABASE_URL or DATABASE_OWNER_URL has the wrong user or password',
  '28000': 'The database does not let this user in',
  '3D000': 'DATABASE_URL names a database that does not exist; create it with createdb',
  '42501':
    'The database user may not do this; DATABASE_OWNER_URL has to be the owner of the database and its tables',
}

function explained(error: unknown) {
  const { code } = error as { code?: string }
  const explanation = code && explanations[code]
  return explanation ? new Error(`${explanation} (${reasonOf(error)})`, { cause: error }) : error
}

/** The innermost reason of an error, on one line. Node hides several refused addresses in an AggregateError. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length) return reasonOf(error.errors[0])
  if (!(error instanceof Error)) return String(error)
  if (error.message.startsWith('Failed query') && error.cause) return reasonOf(error.cause)
  return error.message || (error as NodeJS.ErrnoException).code || error.name
}
