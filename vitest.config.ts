import { defineConfig } from 'vitest/config'

/** The SESSION_SECRET of stores that tests start, so that tests can read the links in their emails. */
const env = { SESSION_SECRET: 's'.repeat(32) }

const databaseTests = ['{app,db,jobs}/**/*.server.test.{ts,tsx}', 'tests/{stories,concurrency}/**/*.test.ts']

export default defineConfig({
  test: {
    restoreMocks: true,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{app,db,jobs,scripts}/**/*.test.{ts,tsx}', 'tests/support/*.test.ts', '*.test.ts'],
          exclude: databaseTests,
          setupFiles: ['tests/support/no-console-errors.ts'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'database',
          env,
          include: databaseTests,
          globalSetup: 'tests/support/global-setup.ts',
          setupFiles: ['tests/support/no-console-errors.ts', 'tests/support/database.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        // The built store as a separate process, tested over HTTP.
        test: {
          name: 'operations',
          env,
          include: ['tests/operations/**/*.test.ts'],
          globalSetup: ['tests/support/build.ts', 'tests/support/global-setup.ts'],
          setupFiles: ['tests/support/no-console-errors.ts', 'tests/support/database.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: 1,
        },
      },
    ],
  },
})
