import { readdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { count } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { products, variants } from '#db/schema/index.ts'
import { findInvariantViolations } from '../support/invariants.ts'
import { expectReceipt, fillInCheckout, placeButton } from './support/shopping.ts'
import { openShop } from './support/shop.ts'
import { pick } from './support/pick.ts'
import { expect, type Options, test } from './support/test.ts'
import { uploadFile } from './support/upload.ts'

const fixtures = path.join(import.meta.dirname, 'fixtures')
/** Optional: a folder with more product files, all of which are imported as well. */
const samples = process.env.SAMPLE_CATALOGS

test('from a clean machine to a fulfilled order', async ({ openBrowser, script }) => {
  test.setTimeout(240_000)
  const shop = await openShop()
  try {
    const owner = await openBrowser({ baseURL: shop.origin })
    await claimShop(owner, shop.setupLink!)
    await importFile(owner, path.join(fixtures, 'classic.csv'), script)
    await importFile(owner, path.join(fixtures, 'template.csv'), script)
    expect(await stocked()).toEqual({ products: 4, variants: 7 })
    // More files take long: two are enough to test the forms without script.
    if (script === 'on' && samples) {
      const files = readdirSync(samples).filter((name) => name.endsWith('.csv'))
      for (const file of files) await importFile(owner, path.join(samples, file), script)
      expect((await stocked()).products).toBeGreaterThan(4)
    }

    const shopper = await openBrowser({ baseURL: shop.origin })
    await buyTwoVariants(shopper)
    await expectEmail(owner)
    await fulfill(owner)
    await shopper.reload()
    await expect(shopper.getByText('Paid', { exact: true })).toBeVisible()
    expect(await findInvariantViolations()).toEqual([])
    expect(shop.output()).not.toMatch(/"level":"(error|fatal)"/)
    // Open pages hold event streams, and would report errors when the shop stops.
    for (const page of [owner, shopper]) await page.goto('about:blank')
  } finally {
    await shop.stop()
  }
})

async function claimShop(page: Page, setupLink: string) {
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'This store isn’t open yet' })).toBeVisible()
  await page.goto(setupLink)
  await page.getByLabel('Store name').fill('Hill & Co')
  await pick(page, 'Currency', 'Euro · EUR')
  await pick(page, 'Language and region', 'English (Ireland) · en-IE')
  await page.getByLabel('Your name').fill('Olga Hill')
  await page.getByLabel('Email').fill('olga@hill.example')
  await page.getByLabel('Password').fill('four words in a row')
  await page.getByRole('button', { name: 'Create store' }).click()
  await expect(page.getByText('Hill & Co is ready. Welcome!')).toBeVisible()
}

async function importFile(page: Page, file: string, script: Options['script']) {
  await page.goto('/admin/imports')
  await uploadFile(page, file, script)
  await expect(page.getByRole('heading', { level: 1, name: path.basename(file) })).toBeVisible()
  await waitForStatus(page, 'Ready to apply', script)
  await page.getByRole('button', { name: /^Apply to/ }).click()
  await waitForStatus(page, 'Applied', script)
}

/** The page follows the job by itself; where its script failed to load, the owner reloads. */
async function waitForStatus(page: Page, status: string, script: Options['script']) {
  const head = page.getByRole('main').getByText(status, { exact: true })
  if (script !== 'aborted') return expect(head).toBeVisible({ timeout: 30_000 })
  await expect(async () => {
    await page.reload()
    await expect(head).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 30_000 })
}

async function stocked() {
  const [product] = await db.select({ products: count() }).from(products)
  const [variant] = await db.select({ variants: count() }).from(variants)
  return { ...product, ...variant }
}

async function buyTwoVariants(page: Page) {
  await page.goto('/')
  await page.getByRole('main').getByRole('link', { name: 'Shop all' }).click()
  await page.getByRole('link', { name: 'Search', exact: true }).first().click()
  await page.locator('input[name="q"]').fill('apron')
  await page.locator('input[name="q"]').press('Enter')
  await page.getByRole('link', { name: 'Linen Apron' }).click()
  await page.getByRole('radio', { name: 'Sand' }).check()
  await page.getByRole('radio', { name: 'Long' }).check()
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await expect(page.getByRole('heading', { name: 'Your cart' })).toBeVisible()

  await page.goto('/products/beeswax-candle')
  await page.getByRole('radio', { name: 'Large' }).check()
  await page.getByLabel('Quantity', { exact: true }).fill('2')
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await expect(page.getByRole('heading', { name: 'Your cart' })).toBeVisible()

  await page.getByRole('link', { name: 'Checkout', exact: true }).click()
  await fillInCheckout(page)
  const total = (await placeButton(page).innerText()).split('·')[1]!.trim()
  await placeButton(page).click()
  await expectReceipt(page)
  const receipt = page.getByRole('main')
  await expect(receipt).toContainText('Sand / Long')
  await expect(receipt).toContainText('Large')
  await expect(receipt).toContainText(total)
  await expect(receipt).toContainText('ada@example.com')
}

async function expectEmail(page: Page) {
  await page.goto('/admin/emails')
  const row = page.getByRole('row').filter({ hasText: 'ada@example.com' })
  await expect(async () => {
    await page.reload()
    await expect(row).toContainText('Not sent', { timeout: 1_000 })
  }).toPass({ timeout: 30_000 })
  await row.getByRole('link').click()
  await expect(page.getByText(/Linen Apron/).first()).toBeVisible()
}

async function fulfill(page: Page) {
  await page.goto('/admin/orders')
  await page.getByRole('row').filter({ hasText: 'Ada Byron' }).getByRole('link').first().click()
  await page.getByLabel('Reference (optional)').fill('Statement 12')
  await page.getByRole('button', { name: 'Mark as paid' }).click()
  await expect(page.getByText('Payment recorded.')).toBeVisible()
  await page.getByRole('link', { name: 'Fulfill items' }).click()
  await page.getByLabel('Carrier (optional)').fill('DHL')
  await page.getByLabel('Tracking number (optional)').fill('JD0001')
  await page.getByRole('button', { name: 'Mark as shipped' }).click()
  await expect(page.getByText('Order fulfilled.')).toBeVisible()
  await expect(page.getByRole('main')).toContainText('JD0001')
}
