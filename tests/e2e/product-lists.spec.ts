import type { Page } from '@playwright/test'
import { createLamps, createPictured } from './support/catalog.ts'
import { expect, test } from './support/test.ts'

const titles = (page: Page) => page.getByRole('main').getByRole('heading', { level: 3 })

test('without JavaScript the filters are a form above the list', async ({ openBrowser, shop }) => {
  const page = await openBrowser({ baseURL: shop.origin, javaScriptEnabled: false })
  await page.goto(await createLamps())
  await page.getByText('Filter').click()
  await page.getByRole('checkbox', { name: 'In stock only' }).check()
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
