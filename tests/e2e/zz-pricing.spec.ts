import { db } from '#db/client.ts'
import { settings } from '#db/schema/index.ts'
import { createProduct } from '../support/cast.ts'
import { createPromotion, createTaxRate, createZone } from '../support/pricing.ts'
import { addToCartInBrowser, fillInCheckout } from './support/shopping.ts'
import { test } from './support/test.ts'
test('shots', async ({ shopper, owner }) => {
  test.setTimeout(300_000)
  await createZone([{ country: 'IE' }], [{ title: 'Post', rate: 490, freeFrom: 9_000 }, { title: 'Express', rate: 1_290, daysMin: 1, daysMax: 1 }, { title: 'Pick up in Dublin', isPickup: true }])
  await createTaxRate('IE', 23)
  await db.update(settings).set({ taxLabel: 'VAT' })
  await createPromotion({ code: 'SPRING' })
  await createPromotion({ code: 'BIGSPENDER', title: 'Big spender', minSubtotal: 20_000 })
  await createPromotion({ title: 'Free shipping from €80', kind: 'free-shipping', isAutomatic: true, minSubtotal: 8_000 })
  await createPromotion({ title: '3 for 2 on mugs', kind: 'buy-x-get-y', isAutomatic: true, percent: 10_000, buyQuantity: 2, getQuantity: 1 })
  const mug = await createProduct({ title: 'Stoneware Mug', price: 1_800 })
  await addToCartInBrowser(shopper, { ...mug, quantity: 3 })
  const drawer = shopper.getByRole('dialog', { name: 'Your cart' })
  await drawer.getByText('Add a discount code').click()
  for (const code of ['SPRING', 'BIGSPENDER']) { await drawer.getByLabel('Discount code').fill(code); await drawer.getByLabel('Discount code').press('Enter'); await drawer.getByText(code).first().waitFor() }
  const shot = async (name: string) => { for (const scheme of ['light', 'dark'] as const) for (const width of [390, 1280]) {
    await shopper.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' }); await shopper.setViewportSize({ width, height: width > 600 ? 900 : 844 }); await shopper.waitForTimeout(150)
    const o = await shopper.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth); if (o > 0) console.log('OVERFLOW', name, width, o)
    await shopper.screenshot({ path: `/tmp/till/shots6/${name}-${scheme}-${width}.png`, fullPage: !name.startsWith('drawer') }) } }
  await shot('drawer')
  await shopper.goto('/cart')
  await shopper.locator('.why summary').click()
  await shopper.locator('.estimate summary').click()
  await shot('cart')
  await shopper.goto('/checkout')
  await fillInCheckout(shopper)
  for (const s of await shopper.locator('.why summary').all()) if (await s.isVisible()) await s.click()
  await shot('checkout')
  await shopper.setViewportSize({ width: 1280, height: 900 })
  await shopper.getByRole('button', { name: /^Place order ·/ }).click()
  await shopper.waitForURL(/orders/)
  await shot('receipt')
  await owner.goto('/admin/orders'); await owner.locator('tbody a').first().click(); await owner.waitForURL(/orders\/\d+/)
  await owner.screenshot({ path: '/tmp/till/shots6/admin-order.png', fullPage: true })
})
