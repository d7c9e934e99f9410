import { randomUUID } from 'node:crypto'
import { remindOfCarts } from '#app/domain/cart/remind-of-carts.server.ts'
import { hasConsent } from '#app/domain/consents/consents.server.ts'
import { notifyBackInStock } from '#app/domain/stock-alerts/notify-back-in-stock.server.ts'
import { createProduct, createProductWithOptions } from '../support/cast.ts'
import { linkEmailedTo, pathEmailed } from './support/customer.ts'
import { addToCartInBrowser, fillInCheckout } from './support/shopping.ts'
import { expect, test } from './support/test.ts'

for (const script of ['on', 'off'] as const) {
  test.describe(`script ${script}`, () => {
    test.use({ script })

    test('a shopper asks to be notified, confirms, staff restock, and the email links to the variant', async ({
      shopper,
      owner,
    }) => {
      const email = `kim-${randomUUID()}@example.com`
      const { productId, handle, variantIds } = await createProductWithOptions({
        title: 'Garden stool',
        optionNames: ['Size'],
        versions: [
          { values: ['High'], stock: 2 },
          { values: ['Low'], stock: 0 },
        ],
      })
      const low = variantIds[1]!
      await shopper.goto(`/products/${handle}`)
      await expect(shopper.getByRole('button', { name: 'Notify me' })).toHaveCount(0)
      await shopper.goto(`/products/${handle}?variant=${low}`)
      await shopper.getByLabel('Email').fill(email)
      await shopper.getByRole('button', { name: 'Notify me' }).click()
      await expect(shopper.getByRole('status').filter({ hasText: email })).toBeVisible()

      await shopper.goto(`/stock-alerts/${await linkEmailedTo(email)}`)
      await shopper.getByRole('button', { name: 'Notify me' }).click()
      await expect(
        shopper.getByRole('status').filter({ hasText: `We’ll email ${email} when it’s back in stock.` }),
      ).toBeVisible()

      await owner.goto(`/admin/products/${productId}`)
      await expect(owner.getByText('1 waiting for restock')).toBeVisible()
      await owner.getByLabel('Stock of Low').fill('4')
      await owner.getByRole('button', { name: 'Save', exact: true }).click()
      await expect(owner.getByText('Saved.', { exact: true })).toBeVisible()
      await notifyBackInStock(new Date())

      await shopper.goto(await pathEmailed('back-in-stock', email, '/products/'))
      await expect(shopper.getByRole('radio', { name: 'Low' })).toBeChecked()
      await expect(shopper.getByRole('button', { name: 'Add to cart' })).toBeEnabled()
    })

    test('a cart that was left is restored in another browser', async ({
      shopper,
      owner,
      shop,
      openBrowser,
    }) => {
      const email = `lea-${randomUUID()}@example.com`
      await owner.goto('/admin/settings/marketing')
      await owner.getByLabel('Email a reminder of abandoned carts').check()
      await owner.getByRole('button', { name: 'Save' }).click()
      await expect(owner.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible()

      const { handle } = await createProduct({ title: 'Clay pot' })
      await addToCartInBrowser(shopper, { handle, quantity: 2 })
      await shopper.goto('/checkout')
      const consent = shopper.getByRole('checkbox', { name: /^Email me news and offers/ })
      await expect(consent).not.toBeChecked()
      await fillInCheckout(shopper, {
        ...{ email, name: 'Lea Hill', line1: '12 Square', postcode: 'D02 X285', city: 'Dublin' },
      })
      await consent.check()
      // Without script, the form is stored when it is sent, as by "Update".
      if (script === 'off') await shopper.getByRole('button', { name: 'Update', exact: true }).click()
      await expect.poll(() => hasConsent(email), { timeout: 20_000 }).toBe(true)
      await remindOfCarts(new Date(Date.now() + 25 * 60 * 60 * 1000))

      const elsewhere = await openBrowser({ baseURL: shop.origin })
      await elsewhere.goto(await pathEmailed('cart-reminder', email, '/cart/restore/'))
      await expect(elsewhere.getByText('2 × Clay pot')).toBeVisible()
      await expect(elsewhere.getByRole('link', { name: 'Cart, 0 items' })).toBeVisible()
      await elsewhere.getByRole('button', { name: 'Add to cart' }).click()
      await expect(elsewhere.getByRole('heading', { name: 'Your cart' })).toBeVisible()
      await expect(elsewhere.getByRole('link', { name: 'Cart, 2 items' })).toBeVisible()

      await elsewhere.goto(await pathEmailed('cart-reminder', email, '/unsubscribe/'))
      await elsewhere.getByRole('button', { name: 'Unsubscribe' }).click()
      await expect(elsewhere.getByRole('heading', { name: 'You are unsubscribed' })).toBeVisible()
      expect(await hasConsent(email)).toBe(false)
    })
  })
}
