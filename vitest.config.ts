import { defineConfig } from 'vitest/config'

/** The SESSION_SECRET of stores that tests start, so that tests can read the links in their emails. */
const env = { SESSION_SECRET: 's'.repeat(32) }

const databaseTests = ['{app,db,jobs}/**/*.server.test.{ts,tsx}', 'tests/{stories,concurrency}/**/*.test.ts']

/** Every form with malicious input takes as long as all other operations tests. */
const formTests = ['tests/operations/every-form.test.ts']
/** These compare response times, so nothing runs beside them. */
const timingTests = ['tests/operations/{timing,hashing,malicious-requests}.test.ts']

/** Test files share the modules of their worker: loading them again for each file takes as long as the tests. */
const isolate = false

/** The built store as a separate process, tested over HTTP. */
const builtStore = (name: string, include: string[], exclude: string[] = []) => ({
  test: {
    name,
    env,
    include,
    exclude,
    isolate,
    globalSetup: ['tests/support/build.ts', 'tests/support/global-setup.ts'],
    setupFiles: ['tests/support/no-console-errors.ts', 'tests/support/database.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 1,
  },
})

export default defineConfig({
  test: {
    restoreMocks: true,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{app,db,jobs,scripts}/**/*.test.{ts,tsx}', 'tests/support/*.test.ts', '*.test.ts'],
          exclude: databaseTests,
          isolate,
          setupFiles: ['tests/support/no-console-errors.ts'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'database',
          env,
          include: databaseTests,
          isolate,
          globalSetup: 'tests/support/global-setup.ts',
          setupFiles: ['tests/support/no-console-errors.ts', 'tests/support/database.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      builtStore('operations', ['tests/operations/**/*.test.ts'], [...formTests, ...timingTests]),
      builtStore('forms', formTests),
      builtStore('timing', timingTests),
    ],
  },
})
