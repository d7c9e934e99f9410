import { type BrowserContext, type BrowserContextOptions, test as base, type Page } from '@playwright/test'
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
  /** A visitor of the shop. */
  shopper: Page
  /** Olga, signed in. */
  owner: Page
}

type Places = {
  /** A shop owned by Olga, shared by the tests of one worker: each test creates its own products. */
  shop: RunningShop
}

export const test = base.extend<Options & Fixtures, Places>({
  script: ['on', { option: true }],

  shop: [
    async ({}, use) => {
      const shop = await openShop({ SESSION_SECRET: sessionSecret })
      await createShop()
      await use(shop)
      await shop.stop()
    },
    { scope: 'worker', timeout: 60_000 },
  ],

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
      return context.newPage()
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
