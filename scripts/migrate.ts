/**
 * npm run migrate
 *
 * Brings the database to the shape of this version as the role of DATABASE_OWNER_URL, and lets that of DATABASE_URL
 * use it. For a shop that is started without the owner's address; others migrate when they start.
 */
import { migrate } from '#db/migrate.ts'
import { reasonOf, retryUntilReachable } from '#db/reachable.ts'
import { env } from '#env'

try {
  const { databaseUrl, databaseOwnerUrl } = env
  if (!databaseUrl || !databaseOwnerUrl)
    throw new Error('DATABASE_URL and DATABASE_OWNER_URL are both needed')
  await retryUntilReachable(() => migrate(databaseOwnerUrl, databaseUrl))
  console.log('The database is up to date.')
} catch (error) {
  console.error(`The database is not migrated: ${reasonOf(error)}`)
  process.exitCode = 1
}
