import type { Page } from '@playwright/test'
import { refreshSearchWords } from '#app/domain/search/refresh-words.server.ts'
import { createProduct } from '../support/cast.ts'
import { ada, expectReceipt, fillInCheckout, placeButton } from './support/shopping.ts'
import { expect, test } from './support/test.ts'

// Playwright's own says that it is headless, like a bot's.
const userAgent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0'

let baseURL: string
test.beforeAll(async ({ openShopOf }, testInfo) => {
  baseURL = (await openShopOf(testInfo)).origin
})

const resultsField = (page: Page) => page.getByRole('main').getByLabel('What are you looking for?')

async function addToCart(page: Page) {
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await expect(page.getByRole('heading', { name: 'Your cart' })).toBeVisible()
}

/** The report's row of a term, once the counters are stored. */
async function expectRow(owner: Page, query: string, cells: string[]) {
  await expect(async () => {
    await owner.goto('/admin/reports/searches?days=7')
    const row = owner.getByRole('row').filter({ has: owner.getByRole('link', { name: query, exact: true }) })
    await expect(row.getByRole('cell')).toHaveText(cells, { timeout: 500 })
  }).toPass()
}

test('a search, the product opened from it and what was bought are in the report, and can be exported', async ({
  openBrowser,
  owner,
  script,
}) => {
  const { handle } = await createProduct({ title: `Brass samovar ${script}`, price: 4250 })
  await createProduct({ title: `Copper samovar ${script}` })
  await refreshSearchWords()
  const shopper = await openBrowser({ baseURL, userAgent })
  if (script === 'on') await shopper.clock.install()
  await shopper.goto('/search')
  await resultsField(shopper).fill('Samovar')
  await resultsField(shopper).press('Enter')
  await expect(shopper.getByText('2 products', { exact: true })).toBeVisible()
  const found = shopper.getByRole('link', { name: 'Brass samovar' })
  // A pointer that rests on a link prefetches its page elsewhere; here that would hide the click from the server.
  await found.hover()
  if (script === 'on') await shopper.clock.runFor(1_000)
  await found.click()
  await expect(shopper).toHaveURL(`${baseURL}/products/${handle}?q=Samovar`)
  await addToCart(shopper)
  await shopper.goto('/checkout')
  await fillInCheckout(shopper, { ...ada, email: `samovar-${script}@example.com` })
  await placeButton(shopper).click()
  await expectReceipt(shopper)
  await shopper.goto('/search?q=zeppelin')
  if (script === 'on') await chooseSuggestion(shopper, handle)

  await expectRow(owner, 'samovar', ['1', '2', '1', '100%', '1', '€42.50'])
  await expectRow(owner, 'zeppelin', ['1', '0', '0', '0%', '0', '€0.00'])
  if (script === 'on') await expectRow(owner, 'brass s', ['0', '–', '1', '–', '0', '€0.00'])
  await owner.getByRole('link', { name: 'Without results' }).click()
  await expect(owner.getByRole('link', { name: 'samovar', exact: true })).toBeHidden()
  await expect(owner.getByRole('link', { name: 'zeppelin', exact: true })).toBeVisible()
  await owner.getByRole('link', { name: 'Top searches' }).click()
  await expect(owner.getByRole('link', { name: 'samovar', exact: true })).toBeVisible()
  const downloading = owner.waitForEvent('download')
  await owner.getByRole('link', { name: 'Export CSV' }).click()
  const file = await (await downloading).createReadStream()
  expect(Buffer.concat(await file.toArray()).toString()).toContain(
    '"samovar","1","2","1","1","1","42.50"\r\n',
  )
  await owner.getByRole('link', { name: 'samovar', exact: true }).click()
  await expect(owner.getByRole('heading', { level: 1, name: 'samovar' })).toBeVisible()
  const product = owner.getByRole('row', { name: 'Brass samovar' })
  await expect(product.getByRole('cell')).toHaveText(['1', '1', '€42.50'])
  await owner.getByRole('link', { name: 'View results in store' }).click()
  await expect(owner.getByText('2 products', { exact: true })).toBeVisible()
})

/** A suggested product is opened from what was typed so far, which is no search. */
async function chooseSuggestion(shopper: Page, handle: string) {
  await shopper.goto('/search')
  await resultsField(shopper).pressSequentially('brass s')
  await shopper.getByRole('option', { name: 'Brass samovar' }).click()
  await expect(shopper).toHaveURL(`${baseURL}/products/${handle}?q=brass+s`)
}
