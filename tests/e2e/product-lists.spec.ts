import type { Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { settings, variants } from '#db/schema/index.ts'
import { changePrice, createProduct } from '../support/cast.ts'
import { createLamps, createPictured } from './support/catalog.ts'
import { expect, test } from './support/test.ts'

const titles = (page: Page) => page.getByRole('main').getByRole('heading', { level: 3 })

test('without JavaScript the filters are a form beside the list', async ({ openBrowser, shop }) => {
  const page = await openBrowser({ baseURL: shop.origin, javaScriptEnabled: false })
  await page.goto(await createLamps())
  await page.getByRole('checkbox', { name: 'In stock' }).check()
  await page.getByRole('button', { name: 'Show products' }).click()
  await expect(titles(page)).toHaveText(['Desk lamp', 'Mug'])
})

test('without JavaScript an image links to its largest size', async ({ openBrowser, shop }) => {
  const page = await openBrowser({ baseURL: shop.origin, javaScriptEnabled: false })
  await page.goto(`/products/${await createPictured()}`)
  const address = await page.getByRole('link', { name: 'Enlarge image 1 of 2' }).getAttribute('href')
  expect(address).toMatch(/\/800\.webp$/)
  expect((await page.request.get(address!)).headers()['content-type']).toBe('image/webp')
})

for (const script of ['on', 'off'] as const) {
  test.describe(`lowest price of 30 days, script ${script}`, () => {
    test.use({ script })

    // The other tests of the file share the store.
    test.afterEach(() => db.update(settings).set({ showsLowestPrice: false }))

    test('is beside a reduced price on page and card once it is switched on', async ({ owner, shopper }) => {
      const { handle, variantId } = await createProduct({ title: `Reduced jug ${script}`, price: 2000 })
      const reduce = async (price: number) => {
        await db.update(variants).set({ compareAtPrice: 2500 }).where(eq(variants.id, variantId))
        await changePrice(variantId, price)
      }
      await reduce(1500)
      await shopper.goto(`/products/${handle}`)
      await expect(shopper.locator('.buy__price')).toHaveText('Now €15.00before €25.00')

      await owner.goto('/admin/settings/general')
      await owner.getByLabel('Show the lowest price of the last 30 days').check()
      await owner.getByRole('button', { name: 'Save', exact: true }).click()
      await expect(owner.getByText('Saved.')).toBeVisible()

      if (script === 'off') await shopper.reload()
      const price = shopper.locator('.buy__price')
      await expect(price).toHaveText('Now €15.00before €25.00−25%Lowest price of the last 30 days: €20.00')
      await reduce(1000)
      if (script === 'off') await shopper.reload()
      await expect(price).toContainText('Now €10.00before €25.00−50%')
      await expect(price).toContainText('Lowest price of the last 30 days: €20.00')

      await shopper.goto('/collections/all')
      const card = shopper.getByRole('article').filter({ hasText: `Reduced jug ${script}` })
      await expect(card).toContainText('Lowest in 30 days: €20.00')
      await expect(card.getByText('−50%')).toBeVisible()
    })
  })
}
