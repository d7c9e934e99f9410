import type { Page } from '@playwright/test'
import { createProduct, createShop } from '../support/cast.ts'
import type { RunningShop } from '../support/running-shop.ts'
import { type StripeDouble, startStripeDouble } from '../support/stripe-double.ts'
import { openShop } from './support/shop.ts'
import { addToCartInBrowser, expectReceipt, fillInCheckout, placeButton } from './support/shopping.ts'
import { expect, test } from './support/test.ts'

let double: StripeDouble
let shop: RunningShop

test.beforeAll(async () => {
  double = await startStripeDouble()
  shop = await openShop({ SESSION_SECRET: 's'.repeat(32), ...double.settings })
  await createShop()
  double.sendWebhooksTo(`${shop.origin}/webhooks/stripe`)
})

test.afterAll(async () => {
  await shop.stop()
  await double.stop()
})

const unpaid = (page: Page) => page.getByRole('heading', { name: 'Your order isn’t paid yet' })
const onPaymentPage = (page: Page) =>
  expect(page.getByRole('heading', { name: 'Pay 14.89 EUR' })).toBeVisible()
const sessionOf = (page: Page) => page.url().split('/').at(-1)!

async function orderByCard(page: Page) {
  const { handle } = await createProduct({ title: 'Clay pot' })
  await addToCartInBrowser(page, { handle })
  await page.goto('/checkout')
  await fillInCheckout(page)
  await page.getByLabel('Card or wallet').check()
  await placeButton(page).click()
  await onPaymentPage(page)
}

for (const script of ['on', 'off'] as const)
  test.describe(`script ${script}`, () => {
    test.use({ script })

    test('a card is declined, another one pays, and the order says so', async ({ openBrowser }) => {
      const page = await openBrowser({ baseURL: shop.origin })
      await orderByCard(page)
      await page.getByRole('button', { name: 'Pay with a card that is declined' }).click()
      await expect(page.getByRole('alert')).toHaveText('Your card was declined.')
      await page.getByRole('button', { name: 'Pay', exact: true }).click()
      await expectReceipt(page)
      await expect(page.getByText('We received your payment.')).toBeVisible()
    })

    test('who leaves the payment page, also by the back button, can pay on a new one', async ({
      openBrowser,
    }) => {
      const page = await openBrowser({ baseURL: shop.origin })
      await orderByCard(page)
      const abandoned = page.url()
      await page.goBack()
      await expect(unpaid(page)).toBeVisible()
      await page.getByRole('button', { name: 'Pay now' }).click()
      await onPaymentPage(page)
      expect(page.url()).not.toBe(abandoned)
      const current = page.url()
      await page.goto(abandoned)
      await expect(page.getByRole('heading', { name: 'This payment page is closed' })).toBeVisible()
      await page.getByRole('link', { name: 'Back to the store' }).click()
      await expect(unpaid(page)).toBeVisible()
      await page.goto(current)
      await page.getByRole('button', { name: 'Pay', exact: true }).click()
      await expect(page.getByText('We received your payment.')).toBeVisible()
    })

    test('a bank debit is on its way, fails, and can be paid by card', async ({ openBrowser }) => {
      const page = await openBrowser({ baseURL: shop.origin })
      await orderByCard(page)
      const session = sessionOf(page)
      await page.getByRole('button', { name: 'Pay by bank debit' }).click()
      await expect(page.getByRole('heading', { name: 'Your payment is on its way' })).toBeVisible()
      double.answerLater(session, false)
      // The worker processes the message; without script the page has to be loaded again.
      if (script === 'off')
        await expect
          .poll(async () => {
            await page.reload()
            return unpaid(page).isVisible()
          })
          .toBe(true)
      await expect(unpaid(page)).toBeVisible()
      await page.getByRole('button', { name: 'Pay now' }).click()
      await onPaymentPage(page)
    })
  })
