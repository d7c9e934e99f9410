import { defineConfig } from 'vitest/config'

/** That of the shops that tests start, so that a test can read the links in their mails. */
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
        // The built shop as a process of its own, asked over HTTP.
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
