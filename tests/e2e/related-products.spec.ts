import { randomUUID } from 'node:crypto'
import { createProduct } from '../support/cast.ts'
import { expect, test } from './support/test.ts'

test('a product page shows the products that this browser viewed before, newest first', async ({
  shopper,
}) => {
  const mark = randomUUID().slice(0, 8)
  const [first, second, third] = [
    await createProduct({ title: `First${mark}` }),
    await createProduct({ title: `Second${mark}` }),
    await createProduct({ title: `Third${mark}` }),
  ]
  const viewed = shopper.getByRole('region', { name: 'Recently viewed' })
  await shopper.goto(`/products/${first.handle}`)
  await expect(shopper.getByRole('heading', { level: 1 })).toHaveText(`First${mark}`)
  await expect(viewed).toBeHidden()
  // Stored only once the scripts of the page run.
  await expect
    .poll(() => shopper.evaluate(() => localStorage.getItem('till.viewed')))
    .toBe(`${first.productId}`)
  await shopper.goto(`/products/${second.handle}`)
  await expect(viewed.getByRole('heading', { level: 3 })).toHaveText([`First${mark}`])
  await shopper.goto(`/products/${third.handle}`)
  await expect(viewed.getByRole('heading', { level: 3 })).toHaveText([`Second${mark}`, `First${mark}`])
  // Navigation without a reload.
  await viewed.getByRole('link', { name: `First${mark}` }).click()
  await expect(shopper.getByRole('heading', { level: 1 })).toHaveText(`First${mark}`)
  await expect(viewed.getByRole('heading', { level: 3 })).toHaveText([`Third${mark}`, `Second${mark}`])
})
