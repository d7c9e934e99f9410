import {
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  type Page,
  type TestInfo,
} from '@playwright/test'
import { findInvariantViolations } from '../../support/invariants.ts'
import { createShop, signIn } from '../../support/cast.ts'
import type { RunningShop } from '../../support/running-shop.ts'
import { openShop } from './shop.ts'
import { watch } from './watch.ts'

// Known to the tests as well, so that they can derive the tokens of emailed links.
const sessionSecret = 's'.repeat(32)
process.env.SESSION_SECRET = sessionSecret

/** `aborted`: the browser runs script, but no script file ever loads. */
export type Options = { script: 'on' | 'off' | 'aborted' }

type Fixtures = {
  /** A new browser without cookies; any error in it fails the test. */
  openBrowser(options?: BrowserContextOptions): Promise<Page>
  /** A shop owned by Olga, shared by the tests of one file: each test creates its own products. */
  shop: RunningShop
  /** A visitor of the shop. */
  shopper: Page
  /** Olga, signed in. */
  owner: Page
}

type WorkerFixtures = {
  /** Opens the shop of a test's file, and stops that of the file before. For `beforeAll`; a test has `shop`. */
  openShopOf(test: TestInfo): Promise<RunningShop>
}

export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  script: ['on', { option: true }],

  openShopOf: [
    async ({}, use) => {
      const open: { shop?: RunningShop; file?: string } = {}
      await use(async ({ file }) => {
        if (open.shop && open.file === file) return open.shop
        await open.shop?.stop()
        open.shop = await openShop({ SESSION_SECRET: sessionSecret })
        open.file = file
        await createShop()
        return open.shop
      })
      await open.shop?.stop()
    },
    { scope: 'worker' },
  ],

  shop: [async ({ openShopOf }, use, testInfo) => use(await openShopOf(testInfo)), { timeout: 60_000 }],

  openBrowser: async ({ browser, script }, use) => {
    const contexts: BrowserContext[] = []
    const browserErrors: string[][] = []
    await use(async (options) => {
      const context = await browser.newContext({ javaScriptEnabled: script !== 'off', ...options })
      if (script === 'aborted')
        await context.route('**/*', (route) =>
          route.request().resourceType() === 'script' ? route.abort() : route.continue(),
        )
      contexts.push(context)
      const hasScript = script === 'on' && options?.javaScriptEnabled !== false
      browserErrors.push(watch(context, (url) => !hasScript && url.endsWith('.js')))
      const page = await context.newPage()
      await page.addLocatorHandler(busyParts(page), async () => {})
      return page
    })
    for (const context of contexts) await context.close()
    test.expect(browserErrors.flat(), 'errors in the browsers').toEqual([])
  },

  shopper: async ({ openBrowser, shop }, use) => {
    await use(await openBrowser({ baseURL: shop.origin }))
    test.expect(await findInvariantViolations(), 'violated invariants').toEqual([])
  },

  owner: async ({ openBrowser, shop }, use) => {
    const page = await openBrowser({ baseURL: shop.origin })
    const { olga } = await createShop()
    await page
      .context()
      .addCookies([{ name: 'sid', value: await signIn(olga), url: shop.origin, httpOnly: true }])
    await use(page)
    test.expect(await findInvariantViolations(), 'violated invariants').toEqual([])
  },
})

export const expect = test.expect

/** Parts of the page that wait for the server. Forms ignore clicks meanwhile, so every action waits until there are none. */
function busyParts(page: Page) {
  return page.locator('[aria-busy=true]').first()
}

/** From now on actions on the page do not wait for busy parts. */
export async function actWhileBusy(page: Page): Promise<void> {
  await page.removeLocatorHandler(busyParts(page))
}
