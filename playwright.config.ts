import { existsSync } from 'node:fs'
import { chromium, defineConfig } from '@playwright/test'
import type { Options } from './tests/e2e/support/test.ts'

/** CHROMIUM_PATH, else Playwright's own, else the system's. */
const executablePath = [process.env.CHROMIUM_PATH, chromium.executablePath(), '/usr/bin/chromium'].find(
  (path) => path && existsSync(path),
)

export default defineConfig<Options>({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './tests/support/build.ts',
  outputDir: 'test-results',
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  use: {
    locale: 'en-IE',
    timezoneId: 'Europe/Berlin',
    actionTimeout: 20_000,
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  // The path from an empty database to a fulfilled order has to work in three settings: with JavaScript, without it,
  // and with scripts that never load. Staff management and the product editor work without it, too.
  projects: [
    { name: 'with script', use: { script: 'on' } },
    {
      name: 'without script',
      use: { script: 'off' },
      testMatch:
        '**/{first-sale,home-page,imports,pages,product-editor,promotions-admin,redirects,refunds,search-report,staff}.spec.ts',
    },
    { name: 'script never arrives', use: { script: 'aborted' }, testMatch: '**/first-sale.spec.ts' },
  ],
})
