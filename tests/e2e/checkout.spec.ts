import { eq } from 'drizzle-orm'
import type { Page } from '@playwright/test'
import { db } from '#db/client.ts'
import { orderLines } from '#db/schema/index.ts'
import { createProduct, createShop, changePrice, setStock } from '../support/cast.ts'
import {
  ada,
  addToCartInBrowser,
  chooseCountry,
  expectReceipt,
  fillInCheckout,
  placeButton,
} from './support/shopping.ts'
import { actWhileBusy, expect, test } from './support/test.ts'

const ordersOf = (variantId: number) =>
  db.select({ orderId: orderLines.orderId }).from(orderLines).where(eq(orderLines.variantId, variantId))

async function openFilledCheckout(page: Page, product: { handle: string; quantity?: number }) {
  await addToCartInBrowser(page, product)
  await page.goto('/checkout')
  await fillInCheckout(page)
}

async function expectTypedInput(page: Page) {
  await expect(page.getByLabel('Email', { exact: true })).toHaveValue(ada.email)
  await expect(page.getByLabel('Full name')).toHaveValue(ada.name)
  await expect(page.getByLabel('Street address')).toHaveValue(ada.line1)
  await expect(page.getByLabel('Eircode')).toHaveValue(ada.postcode)
  await expect(page.getByLabel('City')).toHaveValue(ada.city)
  await expect(page.getByLabel('Country')).toHaveValue('IE')
}

for (const script of ['on', 'off'] as const) {
  test.describe(`script ${script}`, () => {
    test.use({ script })

    test('a raised price places nothing; the shopper sees it, agrees, and the form is still filled in', async ({
      shopper,
    }) => {
      const { handle, variantId } = await createProduct({ title: 'Clay pot', price: 1000 })
      // Selecting the country loads the totals again, and this has to end before the price changes.
      const totals = script === 'on' && shopper.waitForResponse(/\/checkout\.data/)
      await openFilledCheckout(shopper, { handle })
      await totals
      await changePrice(variantId, 1200)
      await placeButton(shopper).click()
      const notice = shopper.getByRole('alert')
      await expect(notice).toContainText('The total has changed.')
      await expect(notice).toContainText('Clay pot: now €12.00 instead of €10.00')
      expect(await ordersOf(variantId)).toHaveLength(0)
      await expectTypedInput(shopper)
      await expect(placeButton(shopper)).toHaveText('Place order · €16.90')
      await placeButton(shopper).click()
      await expectReceipt(shopper)
      expect(await ordersOf(variantId)).toHaveLength(1)
    })

    test('sold out in between: nothing placed, the line says so, and without it the rest can be ordered', async ({
      shopper,
    }) => {
      const gone = await createProduct({ title: 'Vase' })
      const stays = await createProduct({ title: 'Clay pot' })
      const { olga } = await createShop()
      await addToCartInBrowser(shopper, gone)
      await openFilledCheckout(shopper, stays)
      await setStock(gone.variantId, 0, olga)
      await placeButton(shopper).click()
      await expect(shopper.getByRole('alert')).toContainText('Vase: sold out')
      await expectTypedInput(shopper)
      expect(await ordersOf(stays.variantId)).toHaveLength(0)
      await shopper.getByRole('alert').getByRole('link', { name: 'Edit cart' }).click()
      await shopper.getByRole('button', { name: 'Remove Vase' }).click()
      await expect(shopper.getByRole('link', { name: 'Checkout' })).toBeVisible()
      await shopper.goto('/checkout')
      await fillInCheckout(shopper)
      await placeButton(shopper).click()
      await expectReceipt(shopper)
      expect(await ordersOf(stays.variantId)).toHaveLength(1)
      expect(await ordersOf(gone.variantId)).toHaveLength(0)
    })

    test('errors are shown one by one, and no typed input is lost', async ({ shopper }) => {
      const { handle } = await createProduct()
      await openFilledCheckout(shopper, { handle })
      await shopper.getByLabel('Email', { exact: true }).fill('ada.example.com')
      await shopper.getByLabel('Full name').fill('')
      await placeButton(shopper).click()
      const summary = shopper.getByRole('alert').filter({ hasText: 'to fix' })
      await expect(summary).toContainText('missing an “@”')
      await expect(summary).toContainText('Enter your full name.')
      await expect(summary).toBeFocused()
      await summary.getByRole('link', { name: 'Enter your full name.' }).click()
      await expect(shopper.getByLabel('Full name')).toBeFocused()
      await expect(shopper.getByLabel('Email', { exact: true })).toHaveValue('ada.example.com')
      await expect(shopper.getByLabel('Street address')).toHaveValue(ada.line1)
      await shopper.getByLabel('Email', { exact: true }).fill(ada.email)
      await shopper.getByLabel('Full name').fill(ada.name)
      await placeButton(shopper).click()
      await expectReceipt(shopper)
    })

    test('another country has its own fields, and no typed input is lost on the way', async ({ shopper }) => {
      const { handle, variantId } = await createProduct()
      await openFilledCheckout(shopper, { handle })
      await chooseCountry(shopper, 'HK')
      await expect(shopper.getByLabel('Area')).toBeVisible()
      await expect(shopper.getByLabel('Eircode')).toHaveCount(0)
      await shopper.getByLabel('Country').focus()
      await chooseCountry(shopper, 'US')
      await expect(shopper.getByLabel('ZIP code')).toHaveValue(ada.postcode)
      if (script === 'on') await expect(shopper.getByLabel('Country')).toBeFocused()
      await expect(shopper.getByLabel('Email', { exact: true })).toHaveValue(ada.email)
      await expect(shopper.getByLabel('Street address')).toHaveValue(ada.line1)
      await expect(shopper.getByRole('alert')).toHaveCount(0)
      expect(await ordersOf(variantId)).toHaveLength(0)

      await placeButton(shopper).click()
      const summary = shopper.getByRole('alert').filter({ hasText: 'to fix' })
      await expect(summary).toContainText('Choose the state.')
      await expect(summary).toContainText('Enter a ZIP code like 95014.')
      await shopper.getByLabel('State').selectOption('California')
      await shopper.getByLabel('ZIP code').fill('941031234')
      await placeButton(shopper).click()
      await expectReceipt(shopper)
      await expect(shopper.locator('address').first()).toContainText('Dublin, CA 94103-1234')
    })

    test('going back from the receipt leads to it again, not to a form that could order again', async ({
      shopper,
    }) => {
      const { handle, variantId } = await createProduct()
      await openFilledCheckout(shopper, { handle })
      await placeButton(shopper).click()
      await expectReceipt(shopper)
      const answered = shopper.waitForResponse(/\/checkout(\.data)?(\?|$)/)
      await shopper.goBack()
      await answered
      await expectReceipt(shopper)
      await expect(placeButton(shopper)).toHaveCount(0)
      expect(await ordersOf(variantId)).toHaveLength(1)
    })

    test('an order from one tab updates the other tab', async ({ shopper }) => {
      const { handle, variantId } = await createProduct()
      await openFilledCheckout(shopper, { handle })
      const other = await shopper.context().newPage()
      await other.goto('/checkout')
      await fillInCheckout(other, { ...ada, name: 'Ada King' })
      await placeButton(shopper).click()
      await expectReceipt(shopper)
      await placeButton(other).click()
      await expect(other.getByRole('status').first()).toContainText('This order was already placed.')
      await expect(other).toHaveURL(shopper.url())
      expect(await ordersOf(variantId)).toHaveLength(1)
    })

    test('a double click on the button is one order', async ({ shopper }) => {
      const { handle, variantId } = await createProduct()
      await openFilledCheckout(shopper, { handle })
      await placeButton(shopper).dblclick()
      await expectReceipt(shopper)
      expect(await ordersOf(variantId)).toHaveLength(1)
    })
  })
}

test('totals that are answered after the order was placed do not take the shopper from the receipt', async ({
  shopper,
}) => {
  const { handle, variantId } = await createProduct({ title: 'Clay pot' })
  await openFilledCheckout(shopper, { handle })
  await actWhileBusy(shopper)
  const [placed, reloaded] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  await shopper.route(/\/checkout\.data/, async (route) => {
    const request = route.request()
    const isUpdate = request.postData()?.includes('update=') ?? false
    // The change of totals is answered once the order is placed, and the order's answer arrives after the page's.
    if (isUpdate) await placed.promise
    const response = await route.fetch({ maxRedirects: 0 })
    if (request.method() === 'POST' && !isUpdate) {
      placed.resolve()
      await reloaded.promise
    }
    await route.fulfill({ response }).catch(() => {})
    if (request.method() === 'GET') reloaded.resolve()
  })
  await shopper.getByRole('checkbox', { name: /email me/i }).check()
  await placeButton(shopper).click()
  await expectReceipt(shopper)
  expect(await ordersOf(variantId)).toHaveLength(1)
})
