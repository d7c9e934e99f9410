/**
 * npm run migrate
 *
 * Migrates the database as the role of DATABASE_OWNER_URL, and grants the role of DATABASE_URL what it needs. For a
 * store that is started without DATABASE_OWNER_URL; others migrate when they start.
 */
import { migrate } from '#db/migrate.ts'
import { reasonOf, waitForDatabase } from '#db/wait-for-database.ts'
import { env } from '#env'

try {
  const { databaseUrl, databaseOwnerUrl } = env
  if (!databaseUrl || !databaseOwnerUrl)
    throw new Error('DATABASE_URL and DATABASE_OWNER_URL are both required')
  await waitForDatabase(() => migrate(databaseOwnerUrl, databaseUrl))
  console.log('The database is up to date.')
} catch (error) {
  console.error(`Migration failed: ${reasonOf(error)}`)
  process.exitCode = 1
}
