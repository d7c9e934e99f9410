import type { Page } from '@playwright/test'
import { expect } from './test.ts'

/** Goes to the product, picks these values of its options, and puts it into the cart. */
export async function putIntoCart(
  page: Page,
  product: { handle: string; values?: string[]; quantity?: number },
): Promise<void> {
  await page.goto(`/products/${product.handle}`)
  for (const value of product.values ?? []) await page.getByRole('radio', { name: value }).check()
  if (product.quantity) await page.getByLabel('Quantity', { exact: true }).fill(String(product.quantity))
  await page.getByRole('button', { name: 'Add to cart' }).click()
  // With script the cart slides in beside the page, without it the page is the cart: both say what is in it.
  await expect(page.getByRole('heading', { name: 'Your cart' })).toBeVisible()
}

export const ada = {
  email: 'ada@example.com',
  name: 'Ada Byron',
  line1: '12 Square',
  postcode: 'D02 X285',
  city: 'Dublin',
}

/** Types the shopper's details into the open checkout. */
export async function fillInCheckout(page: Page, person = ada): Promise<void> {
  await page.getByLabel('E-mail').fill(person.email)
  await page.getByLabel('Full name').fill(person.name)
  await page.getByLabel('Street and house number').fill(person.line1)
  await page.getByLabel('Postcode').fill(person.postcode)
  await page.getByLabel('Town or city').fill(person.city)
  await page.getByLabel('Country').selectOption('IE')
}

export const placeButton = (page: Page) => page.getByRole('button', { name: /^Place order/ })

export async function expectReceipt(page: Page, firstName = 'Ada'): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: `Thank you, ${firstName}` })).toBeVisible()
  await expect(page).toHaveURL(/\/orders\/[\w-]{22}$/)
}
