import type { Locator, Page } from '@playwright/test'
import { createProduct, createProductWithOptions } from '../support/cast.ts'
import { ada, addToCartInBrowser, expectReceipt, placeButton } from './support/shopping.ts'
import { expect, test } from './support/test.ts'

const asked = { title: 'Garden stool', optionNames: ['Color', 'Height'] }
const versions = [
  { values: ['Oak', 'Low'], price: 8900 },
  { values: ['Oak', 'High'], price: 9900 },
  { values: ['Ash', 'Low'], price: 8500 },
]

for (const script of ['on', 'off'] as const) {
  test.describe(`script ${script}`, () => {
    test.use({ script })

    test('quantity 0 removes the line, and Undo restores it with its quantity', async ({ shopper }) => {
      const { handle } = await createProduct({ title: 'Clay pot' })
      await addToCartInBrowser(shopper, { handle, quantity: 3 })
      await shopper.goto('/cart')
      const quantity = shopper.getByRole('spinbutton', { name: 'Quantity of Clay pot' })
      await quantity.fill('0')
      await quantity.press('Enter')
      await expect(shopper.getByRole('heading', { name: 'Your cart is empty' })).toBeVisible()
      const message = shopper.getByRole('status').filter({ hasText: 'Removed Clay pot' })
      await message.getByRole('button', { name: 'Undo' }).click()
      await expect(quantity).toHaveValue('3')
    })

    test('more than is available: the line says how many can be bought', async ({ shopper }) => {
      const { handle } = await createProduct({ title: 'Last two', stock: 2 })
      await addToCartInBrowser(shopper, { handle })
      await shopper.goto('/cart')
      const quantity = shopper.getByRole('spinbutton', { name: 'Quantity of Last two' })
      await quantity.fill('3')
      await quantity.press('Enter')
      await expect(shopper.getByText('Only 2 available.').first()).toBeVisible()
      await shopper.reload()
      await expect(quantity).toHaveValue('1')
    })

    test('every variant of a product with two options can be bought', async ({ shopper }) => {
      const { handle } = await createProductWithOptions({ ...asked, versions })
      for (const { values } of versions) await addToCartInBrowser(shopper, { handle, values })
      await shopper.goto('/cart')
      for (const { values } of versions)
        await expect(shopper.getByText(values.join(' / '), { exact: true })).toBeVisible()
    })

    test('an unavailable combination says so and links to the nearest ones', async ({ shopper }) => {
      const { handle } = await createProductWithOptions({ ...asked, versions })
      await shopper.goto(`/products/${handle}`)
      await shopper.getByRole('radio', { name: 'Ash' }).check()
      await shopper.getByRole('radio', { name: 'High' }).check()
      if (script === 'off') await shopper.getByRole('button', { name: 'Update' }).click()
      await expect(shopper.getByText('Ash / High isn’t available.')).toBeVisible()
      await shopper.getByRole('link', { name: 'Ash / Low' }).first().click()
      await expect(shopper.getByText('€85.00').first()).toBeVisible()
      await shopper.getByRole('button', { name: 'Add to cart' }).click()
      await expect(shopper.getByRole('heading', { name: 'Your cart' })).toBeVisible()
      await shopper.goto('/cart')
      await expect(shopper.getByText('Ash / Low', { exact: true })).toBeVisible()
    })
  })
}

test('adding an unavailable combination without script adds nothing to the cart', async ({
  openBrowser,
  shop,
}) => {
  const shopper = await openBrowser({ baseURL: shop.origin, javaScriptEnabled: false })
  const { handle } = await createProductWithOptions({ ...asked, versions })
  await shopper.goto(`/products/${handle}`)
  await shopper.getByRole('radio', { name: 'Ash' }).check()
  await shopper.getByRole('radio', { name: 'High' }).check()
  await shopper.getByRole('button', { name: 'Add to cart' }).click()
  await expect(shopper.getByText('This combination isn’t available.')).toBeVisible()
  await expect(shopper.getByRole('link', { name: 'Cart, 0 items' })).toBeVisible()
})

/** Presses Tab until the element has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    if (await target.evaluate((node) => node === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(target).toBeFocused()
}

test('a variant is bought with the keyboard alone', async ({ shopper }) => {
  const { handle } = await createProductWithOptions({ ...asked, versions })
  await shopper.goto(`/products/${handle}`)
  await tabTo(shopper, shopper.getByRole('radio', { name: 'Oak' }))
  await shopper.keyboard.press('ArrowRight')
  await expect(shopper).toHaveURL(/option1=Ash/)
  await expect(shopper.getByText('€85.00').first()).toBeVisible()
  await expect(shopper.getByRole('radio', { name: 'Ash' })).toBeFocused()
  await shopper.keyboard.press('ArrowLeft')
  await expect(shopper).toHaveURL(/option1=Oak/)
  await expect(shopper.getByRole('radio', { name: 'Oak' })).toBeFocused()
  await tabTo(shopper, shopper.getByRole('radio', { name: 'Low' }))
  await shopper.keyboard.press('ArrowRight')
  await expect(shopper.getByText('€99.00').first()).toBeVisible()
  await expect(shopper.getByRole('radio', { name: 'High' })).toBeFocused()
  await tabTo(shopper, shopper.getByRole('button', { name: 'Add to cart' }))
  await shopper.keyboard.press('Enter')
  const drawer = shopper.getByRole('dialog', { name: 'Your cart' })
  await tabTo(shopper, drawer.getByRole('link', { name: 'Checkout' }))
  await shopper.keyboard.press('Enter')
  for (const [label, value] of [
    ['Email', ada.email],
    ['Country', 'Ireland'],
    ['Full name', ada.name],
    ['Street address', ada.line1],
    ['City', ada.city],
    ['Eircode', ada.postcode],
  ] as const) {
    await tabTo(shopper, shopper.getByLabel(new RegExp(`^${label}`)))
    await shopper.keyboard.type(value)
  }
  await tabTo(shopper, placeButton(shopper))
  await shopper.keyboard.press('Enter')
  await expectReceipt(shopper)
})

test('Back and links to a variant select it', async ({ shopper }) => {
  const { handle } = await createProductWithOptions({ ...asked, versions })
  await shopper.goto(`/products/${handle}?option1=Ash&option2=High`)
  await shopper.getByRole('link', { name: 'Oak / High' }).first().click()
  await expect(shopper.getByText('€99.00').first()).toBeVisible()
  await expect(shopper.getByRole('radio', { name: 'Oak' })).toBeChecked()
  await expect(shopper.getByRole('radio', { name: 'High' })).toBeChecked()
})

test.describe('the cart drawer and the keyboard', () => {
  test('takes the focus, keeps it, closes with Escape and returns it', async ({ shopper }) => {
    const { handle } = await createProduct({ title: 'Clay pot' })
    await shopper.goto(`/products/${handle}`)
    const add = shopper.getByRole('button', { name: 'Add to cart' })
    await add.focus()
    await shopper.keyboard.press('Enter')
    const drawer = shopper.getByRole('dialog', { name: 'Your cart' })
    await expect(drawer).toBeVisible()
    await expect(drawer.locator(':focus')).toHaveCount(1)
    for (const _ of Array.from({ length: 12 })) {
      await shopper.keyboard.press('Tab')
      // The browser's own UI may have the focus, the page behind may not.
      expect(
        await drawer.evaluate(
          (node) =>
            !document.hasFocus() ||
            document.activeElement === document.body ||
            node.contains(document.activeElement),
        ),
      ).toBe(true)
    }
    await shopper.keyboard.press('Escape')
    await expect(drawer).toBeHidden()
    await expect(add).toBeFocused()
  })

  test('opens from the header link, and updates the count', async ({ shopper }) => {
    const { handle } = await createProduct({ title: 'Clay pot' })
    await addToCartInBrowser(shopper, { handle })
    await shopper.keyboard.press('Escape')
    const link = shopper.getByRole('link', { name: 'Cart, 1 item', exact: true })
    await link.press('Enter')
    const drawer = shopper.getByRole('dialog', { name: 'Your cart' })
    await drawer.getByRole('button', { name: 'Increase quantity of Clay pot' }).click()
    await expect(drawer.getByRole('spinbutton', { name: 'Quantity of Clay pot' })).toHaveValue('2')
    await shopper.keyboard.press('Escape')
    await expect(shopper.getByRole('link', { name: 'Cart, 2 items' })).toBeFocused()
  })
})
