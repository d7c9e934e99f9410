import type { Page } from '@playwright/test'
import { expect } from './test.ts'

/** Opens the product, selects these option values, and adds it to the cart. */
export async function addToCartInBrowser(
  page: Page,
  product: { handle: string; values?: string[]; quantity?: number },
): Promise<void> {
  await page.goto(`/products/${product.handle}`)
  for (const value of product.values ?? []) await page.getByRole('radio', { name: value }).check()
  if (product.quantity) await page.getByLabel('Quantity', { exact: true }).fill(String(product.quantity))
  await page.getByRole('button', { name: 'Add to cart' }).click()
  // With script the cart opens as a drawer, without it as a page: both list its lines.
  await expect(page.getByRole('heading', { name: 'Your cart' })).toBeVisible()
}

export const ada = {
  email: 'ada@example.com',
  name: 'Ada Byron',
  line1: '12 Square',
  postcode: 'D02 X285',
  city: 'Dublin',
}

/** Selects the country; the fields that follow become those of the country, without JavaScript by "Update". */
export async function chooseCountry(page: Page, code: string): Promise<void> {
  const update = page.getByRole('button', { name: 'Update', exact: true })
  const isChosen = (await page.getByLabel('Country').inputValue()) === code
  await page.getByLabel('Country').selectOption(code)
  if (!isChosen && (await update.isVisible())) await update.click()
}

/** Fills in the shopper's details on the open checkout. */
export async function fillInCheckout(page: Page, user = ada): Promise<void> {
  await page.getByLabel('Email', { exact: true }).fill(user.email)
  await chooseCountry(page, 'IE')
  await page.getByLabel('Full name').fill(user.name)
  await page.getByLabel('Street address').fill(user.line1)
  await page.getByLabel('City').fill(user.city)
  await page.getByLabel('Eircode').fill(user.postcode)
}

export const placeButton = (page: Page) => page.getByRole('button', { name: /^Place order/ })

export async function expectReceipt(page: Page, firstName = 'Ada'): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: `Thank you, ${firstName}` })).toBeVisible()
  await expect(page).toHaveURL(/\/orders\/[\w-]{22}$/)
}
