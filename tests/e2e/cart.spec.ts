import { createProduct, createProductWithOptions } from '../support/cast.ts'
import { addToCartInBrowser } from './support/shopping.ts'
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

test('Back and links to a variant select it', async ({ shopper }) => {
  const { handle } = await createProductWithOptions({ ...asked, versions })
  await shopper.goto(`/products/${handle}?option1=Ash&option2=High`)
  await shopper.getByRole('link', { name: 'Oak / High' }).first().click()
  await expect(shopper.getByText('€99.00').first()).toBeVisible()
  await expect(shopper.getByRole('radio', { name: 'Oak' })).toBeChecked()
  await expect(shopper.getByRole('radio', { name: 'High' })).toBeChecked()
})

test('the cart drawer opens from the header link, and updates the count', async ({ shopper }) => {
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
