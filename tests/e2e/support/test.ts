import { type BrowserContext, type BrowserContextOptions, test as base, type Page } from '@playwright/test'
import { brokenInvariants } from '../../support/invariants.ts'
import { olgaOpensHerShop, signIn } from '../../support/cast.ts'
import type { RunningShop } from '../../support/running-shop.ts'
import { openShop } from './shop.ts'
import { watch } from './watch.ts'

// Known to the tests as well, so that they can open the links that the shop writes into mails.
const sessionSecret = 's'.repeat(32)
process.env.SESSION_SECRET = sessionSecret

/** `aborted`: the browser runs script, but none of it ever arrives. */
export type Options = { script: 'on' | 'off' | 'aborted' }

type People = {
  /** A new browser with nothing in it; whatever goes wrong in it fails the test. */
  someone(options?: BrowserContextOptions): Promise<Page>
  /** A visitor of the shop. */
  shopper: Page
  /** Olga, signed in. */
  owner: Page
}

type Places = {
  /** A shop that Olga has opened, shared by the tests of one worker: each test brings products of its own. */
  shop: RunningShop
}

export const test = base.extend<Options & People, Places>({
  script: ['on', { option: true }],

  shop: [
    async ({}, use) => {
      const shop = await openShop({ SESSION_SECRET: sessionSecret })
      await olgaOpensHerShop()
      await use(shop)
      await shop.stop()
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  someone: async ({ browser, script }, use) => {
    const contexts: BrowserContext[] = []
    const troubles: string[][] = []
    await use(async (options) => {
      const context = await browser.newContext({ javaScriptEnabled: script !== 'off', ...options })
      if (script === 'aborted')
        await context.route('**/*', (route) =>
          route.request().resourceType() === 'script' ? route.abort() : route.continue(),
        )
      contexts.push(context)
      const hasScript = script === 'on' && options?.javaScriptEnabled !== false
      troubles.push(watch(context, (url) => !hasScript && url.endsWith('.js')))
      return context.newPage()
    })
    for (const context of contexts) await context.close()
    test.expect(troubles.flat(), 'what went wrong in the browsers').toEqual([])
  },

  shopper: async ({ someone, shop }, use) => {
    await use(await someone({ baseURL: shop.origin }))
    test.expect(await brokenInvariants(), 'rules of the shop that are broken').toEqual([])
  },

  owner: async ({ someone, shop }, use) => {
    const page = await someone({ baseURL: shop.origin })
    const { olga } = await olgaOpensHerShop()
    await page
      .context()
      .addCookies([{ name: 'sid', value: await signIn(olga), url: shop.origin, httpOnly: true }])
    await use(page)
    test.expect(await brokenInvariants(), 'rules of the shop that are broken').toEqual([])
  },
})

export const expect = test.expect
