import { eq } from 'drizzle-orm'
import type { Page } from '@playwright/test'
import { db } from '#db/client.ts'
import { promotions, settings } from '#db/schema/index.ts'
import { createProduct } from '../support/cast.ts'
import { createPromotion, createTaxRate, createZone, resetPricing } from '../support/pricing.ts'
import { addToCartInBrowser, expectReceipt, fillInCheckout, placeButton } from './support/shopping.ts'
import { expect, test } from './support/test.ts'

test.afterEach(resetPricing)

/** The amount beside a label in the summary of the cart or the checkout. */
function amountOf(page: Page, label: string | RegExp) {
  return page.locator('.summary .sum-row').filter({ hasText: label }).locator('dd')
}

async function openCart(page: Page, ...wanted: { handle: string; quantity?: number }[]) {
  for (const product of wanted) await addToCartInBrowser(page, product)
  await page.goto('/cart')
}

async function enterCode(page: Page, code: string) {
  const field = page.getByLabel('Discount code')
  if (!(await field.isVisible())) await page.getByText('Add a discount code').click()
  await field.fill(code)
  await page.getByRole('button', { name: 'Apply' }).click()
}

let count = 0
const newCode = () => `SAVE${process.pid}N${(count += 1)}`

for (const script of ['on', 'off'] as const) {
  test.describe(`script ${script}`, () => {
    test.use({ script })

    test('a code in the cart: unknown, too early, then applied, removed, and kept on the order', async ({
      shopper,
    }) => {
      const code = newCode()
      await createPromotion({ code, minSubtotal: 2_800 })
      const pot = await createProduct({ title: 'Clay pot', price: 2_000 })
      await openCart(shopper, pot)
      await enterCode(shopper, 'nope')
      await expect(shopper.getByText('The code NOPE doesn’t exist.').first()).toBeVisible()
      await enterCode(shopper, code.toLowerCase())
      await expect(shopper.getByText(`Add €8.00 more to use ${code}.`)).toBeVisible()
      await addToCartInBrowser(shopper, pot)
      await shopper.goto('/cart')
      await expect(amountOf(shopper, `Spring sale (${code})`)).toHaveText('−€4.00')
      await expect(amountOf(shopper, /^Estimated total/)).toHaveText('€40.90')
      await shopper.getByRole('button', { name: `Remove the code ${code}` }).click()
      await expect(amountOf(shopper, /^Estimated total/)).toHaveText('€44.90')
      await enterCode(shopper, code)
      await expect(amountOf(shopper, /^Estimated total/)).toHaveText('€40.90')
      await shopper.goto('/checkout')
      await fillInCheckout(shopper)
      await expect(placeButton(shopper)).toHaveText('Place order · €40.90')
      await placeButton(shopper).click()
      await expectReceipt(shopper)
      await expect(shopper.getByRole('row', { name: `Spring sale (${code})` }).first()).toContainText(
        '−€4.00',
      )
    })

    test('a code in the checkout keeps what is typed; a promotion that ends changes the total', async ({
      shopper,
    }) => {
      const code = newCode()
      const { id } = await createPromotion({ code })
      await openCart(shopper, await createProduct({ title: 'Clay pot', price: 2_000 }))
      await shopper.goto('/checkout')
      await fillInCheckout(shopper)
      await enterCode(shopper, 'nope')
      await expect(shopper.getByText('The code NOPE doesn’t exist.').first()).toBeVisible()
      await enterCode(shopper, code)
      await expect(placeButton(shopper)).toHaveText('Place order · €22.90')
      await expect(shopper.getByLabel('Full name')).toHaveValue('Ada Byron')
      await db.update(promotions).set({ endsAt: new Date() }).where(eq(promotions.id, id))
      await placeButton(shopper).click()
      const notice = shopper.getByRole('alert')
      await expect(notice).toContainText('The total has changed.')
      await expect(notice).toContainText(`${code} has expired.`)
      await expect(placeButton(shopper)).toHaveText('Place order · €24.90')
      await placeButton(shopper).click()
      await expectReceipt(shopper)
    })

    test('promotions without a code: buy 2 get 1, and free shipping above an amount', async ({ shopper }) => {
      const pot = await createProduct({ title: 'Clay pot', price: 1_500 })
      await createPromotion({
        ...{ title: '3 for 2', kind: 'buy-x-get-y', isAutomatic: true },
        ...{ percent: 10_000, buyQuantity: 2, getQuantity: 1 },
        items: [{ productId: pot.productId }, { productId: pot.productId, isGet: true }],
      })
      await createPromotion({
        ...{ title: 'Free shipping from 50', kind: 'free-shipping', isAutomatic: true, minSubtotal: 5_000 },
      })
      await openCart(shopper, { ...pot, quantity: 3 })
      await expect(amountOf(shopper, '3 for 2')).toHaveText('−€15.00')
      await expect(shopper.getByText('Add €5.00 more for “Free shipping from 50”.')).toBeVisible()
      await addToCartInBrowser(shopper, pot)
      await shopper.goto('/cart')
      await expect(amountOf(shopper, 'Free shipping from 50')).toHaveText('−€4.90')
      await expect(amountOf(shopper, /^Estimated total/)).toHaveText('€45.00')
      const why = shopper.locator('.why')
      await why.getByText('Why this total?').click()
      await expect(why.getByRole('row')).toHaveText([
        '4 × Clay pot€60.00',
        '3 for 2−€15.00',
        'Standard delivery€4.90',
        'Free shipping from 50−€4.90',
        'Total€45.00',
      ])
    })

    test('an estimate in the cart, and another method at checkout', async ({ shopper }) => {
      await createZone([{ country: 'IE' }], [{ title: 'Post', rate: 300 }])
      await createZone(
        [{ country: 'DE' }],
        [
          { title: 'Parcel', rate: 590, freeFrom: 9_000 },
          { title: 'Express', rate: 1_290 },
          { title: 'Pick up in Berlin', isPickup: true },
        ],
      )
      await openCart(shopper, await createProduct({ title: 'Clay pot', price: 2_000 }))
      await expect(amountOf(shopper, 'Post')).toHaveText('€3.00')
      await shopper.getByText('Shipping to Ireland').click()
      await shopper.getByRole('link', { name: 'Estimate for another address' }).click()
      await shopper.getByLabel('Country').selectOption('DE')
      if (script === 'off') await shopper.getByRole('button', { name: 'Estimate shipping' }).click()
      await expect(amountOf(shopper, 'Parcel')).toHaveText('€5.90')
      await expect(amountOf(shopper, /^Total/)).toHaveText('€25.90')
      await shopper.goto('/checkout')
      await expect(shopper.getByLabel('Country')).toHaveValue('DE')
      await shopper.getByLabel('Email', { exact: true }).fill('ada@example.com')
      await shopper.getByLabel('Full name').fill('Ada Byron')
      await shopper.getByLabel('Street address').fill('Unter den Linden 1')
      await shopper.getByLabel('Postal code').fill('10117')
      await shopper.getByLabel('City').fill('Berlin')
      await shopper.getByRole('radio', { name: /Express/ }).check()
      if (script === 'on') await expect(placeButton(shopper)).toHaveText('Place order · €32.90')
      // Playwright does not find elements in <noscript> by their text.
      else
        await expect(shopper.locator('.choice noscript span')).toContainText(['€25.90', '€32.90', '€20.00'])
      await placeButton(shopper).click()
      await expectReceipt(shopper)
      await expect(shopper.getByRole('row', { name: 'Express' }).first()).toContainText('€12.90')
    })

    test('tax is contained in one shop and added in another; a new rate changes the total', async ({
      shopper,
    }) => {
      await createTaxRate('IE', 23)
      await db.update(settings).set({ taxLabel: 'VAT' })
      await openCart(shopper, await createProduct({ title: 'Clay pot', price: 2_000 }))
      await expect(amountOf(shopper, 'Includes VAT 23%')).toHaveText('€4.66')
      await expect(amountOf(shopper, /^Estimated total/)).toHaveText('€24.90')
      await db.update(settings).set({ pricesIncludeTax: false })
      await shopper.goto('/checkout')
      await fillInCheckout(shopper)
      await expect(placeButton(shopper)).toHaveText('Place order · €30.63')
      await resetPricing()
      await createTaxRate('IE', 10)
      await db.update(settings).set({ pricesIncludeTax: false })
      await placeButton(shopper).click()
      await expect(shopper.getByRole('alert')).toContainText('The total has changed.')
      await expect(placeButton(shopper)).toHaveText('Place order · €27.39')
      await placeButton(shopper).click()
      await expectReceipt(shopper)
    })

    test('a link applies a code and shows a page', async ({ shopper }) => {
      const code = newCode()
      await createPromotion({ code })
      const { handle } = await createProduct({ title: 'Clay pot', price: 2_000 })
      await shopper.goto(`/discount/${code}?next=/products/${handle}`)
      await expect(shopper).toHaveURL(new RegExp(`/products/${handle}$`))
      await expect(shopper.getByText(`${code} was added to your cart.`).first()).toBeVisible()
      await openCart(shopper, { handle })
      await expect(amountOf(shopper, `Spring sale (${code})`)).toHaveText('−€2.00')
    })
  })
}

test('a code in the cart drawer', async ({ shopper }) => {
  const code = newCode()
  await createPromotion({ code })
  await addToCartInBrowser(shopper, await createProduct({ title: 'Clay pot', price: 2_000 }))
  const drawer = shopper.getByRole('dialog', { name: 'Your cart' })
  await drawer.getByText('Add a discount code').click()
  await drawer.getByLabel('Discount code').fill(code)
  await drawer.getByLabel('Discount code').press('Enter')
  await expect(drawer.getByText('Subtotal').locator('..')).toContainText('€18.00')
  await drawer.getByRole('button', { name: `Remove the code ${code}` }).click()
  await expect(drawer.getByText('Subtotal').locator('..')).toContainText('€20.00')
})
