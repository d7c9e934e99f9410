import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { count } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { products, variants } from '#db/schema/index.ts'
import { brokenInvariants } from '../support/invariants.ts'
import { expectReceipt, fillInCheckout, placeButton } from './support/shopping.ts'
import { openShop } from './support/shop.ts'
import { expect, type Options, test } from './support/test.ts'

const fixtures = path.join(import.meta.dirname, 'fixtures')
/** Merchants' catalogues for trying out, where somebody has put them beside the project. */
const samples = path.resolve(import.meta.dirname, '../../../shared/data')
const sampleFiles = ['spc-apparel.csv', 'spc-home-and-garden.csv', 'spc-jewelery.csv']

test('from an empty machine to a fulfilled order', async ({ someone, script }) => {
  test.setTimeout(240_000)
  const shop = await openShop()
  try {
    const owner = await someone({ baseURL: shop.origin })
    await claimShop(owner, shop.setupLink!)
    await importFile(owner, path.join(fixtures, 'classic.csv'), script)
    await importFile(owner, path.join(fixtures, 'template.csv'), script)
    expect(await stocked()).toEqual({ products: 4, variants: 7 })
    // Five files take their time: two are enough to see that the forms work without script.
    if (script === 'on' && existsSync(samples)) {
      for (const file of sampleFiles) await importFile(owner, path.join(samples, file), script)
      expect(await stocked()).toEqual({ products: 64, variants: 73 })
    } else if (script === 'on')
      console.log(`No sample catalogues in ${samples}: the shop sells its own four products only.`)

    const shopper = await someone({ baseURL: shop.origin })
    await buyTwoVersions(shopper)
    await expectMail(owner)
    await fulfil(owner)
    await shopper.reload()
    await expect(shopper.getByText('Paid', { exact: true })).toBeVisible()
    expect(await brokenInvariants()).toEqual([])
    expect(shop.output()).not.toMatch(/"level":"(error|fatal)"/)
    // Pages that are open listen, and would miss the shop when it closes.
    for (const page of [owner, shopper]) await page.goto('about:blank')
  } finally {
    await shop.stop()
  }
})

async function claimShop(page: Page, setupLink: string) {
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'This shop is not open yet' })).toBeVisible()
  await page.goto(setupLink)
  await page.getByLabel('Name of the shop').fill('Hill & Co')
  await page.getByLabel('Currency').selectOption('EUR')
  await page.getByLabel('Language and region').fill('en-IE')
  await page.getByLabel('Your name').fill('Olga Hill')
  await page.getByLabel('E-mail').fill('olga@hill.example')
  await page.getByLabel('Password').fill('four words in a row')
  await page.getByRole('button', { name: 'Set up the shop' }).click()
  await expect(page.getByText('Hill & Co is yours. Welcome!')).toBeVisible()
}

async function importFile(page: Page, file: string, script: Options['script']) {
  await page.goto('/admin/imports')
  await page.getByLabel('CSV file').setInputFiles(file)
  await page.getByRole('button', { name: 'Upload and check' }).click()
  await expect(page.getByRole('heading', { level: 1, name: path.basename(file) })).toBeVisible()
  await becomes(page, 'Ready to apply', script)
  await page.getByRole('button', { name: /^Apply to/ }).click()
  await becomes(page, 'Applied', script)
}

/** The page follows the job by itself; where its script got lost on the way, the owner reloads. */
async function becomes(page: Page, status: string, script: Options['script']) {
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

async function buyTwoVersions(page: Page) {
  await page.goto('/')
  await page.getByRole('link', { name: 'See everything' }).click()
  await page.getByRole('searchbox').first().fill('apron')
  await page.getByRole('searchbox').first().press('Enter')
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

async function expectMail(page: Page) {
  await page.goto('/admin/mails')
  const row = page.getByRole('row').filter({ hasText: 'ada@example.com' })
  await expect(async () => {
    await page.reload()
    await expect(row).toContainText('Kept here', { timeout: 1_000 })
  }).toPass({ timeout: 30_000 })
  await row.getByRole('link').click()
  await expect(page.getByText(/Linen Apron/).first()).toBeVisible()
}

async function fulfil(page: Page) {
  await page.goto('/admin/orders')
  await page.getByRole('row').filter({ hasText: 'Ada Byron' }).getByRole('link').first().click()
  await page.getByLabel('Reference (optional)').fill('Statement 12')
  await page.getByRole('button', { name: 'Mark as paid' }).click()
  await expect(page.getByText('The payment is booked.')).toBeVisible()
  await page.getByRole('link', { name: 'Fulfil items' }).click()
  await page.getByLabel('Carrier (optional)').fill('DHL')
  await page.getByLabel('Tracking number (optional)').fill('JD0001')
  await page.getByRole('button', { name: 'Mark as sent' }).click()
  await expect(page.getByText('The order is complete.')).toBeVisible()
  await expect(page.getByRole('main')).toContainText('JD0001')
}
