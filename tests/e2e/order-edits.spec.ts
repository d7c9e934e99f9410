import { eq } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { orders } from '#db/schema/index.ts'
import { createOrder, createProduct } from '../support/cast.ts'
import { expect, test } from './support/test.ts'

for (const script of ['on', 'off'] as const) {
  test.describe(`script ${script}`, () => {
    test.use({ script })

    test('staff change the items of an order, its shipping and its address', async ({ owner }) => {
      const { orderId } = await createOrder(await createProduct({ title: 'Clay pot', price: 1_000 }))
      const sku = `CUP-${orderId}`
      await createProduct({ title: 'Tea cup', price: 700, sku })
      await owner.goto(`/admin/orders/${orderId}`)
      await owner.getByRole('link', { name: 'Edit items' }).click()
      await expect(owner.getByRole('heading', { level: 1, name: 'Edit items' })).toBeVisible()

      await owner.getByLabel('Quantity of Clay pot').fill('2')
      await owner.getByRole('searchbox').fill(sku)
      await owner.getByRole('searchbox').press('Enter')
      // What was typed is kept, and the total follows.
      await expect(owner.getByLabel('Quantity of Clay pot')).toHaveValue('2')
      const total = owner.locator('.sum__total')
      await expect(total).toContainText('€24.90')
      await owner.getByLabel('Quantity of Tea cup to add').fill('1')
      await owner.getByRole('textbox', { name: 'Standard delivery' }).fill('0')
      // The form has shown another total: it is shown, and nothing is saved.
      await owner.getByRole('button', { name: 'Save changes' }).click()
      await expect(owner.getByRole('alert')).toContainText('The new total is €27.00.')
      await expect(total).toContainText('New total€27.00')
      if (script === 'on') await expect(owner.getByText('Unsaved changes')).toBeVisible()
      await owner.getByRole('button', { name: 'Save changes' }).click()
      await expect(owner.getByText('Order updated. The total is now €27.00.')).toBeVisible()
      await expect(owner.getByText('Clay pot: 1 → 2; Tea cup: 0 → 1')).toBeVisible()

      await owner.getByRole('link', { name: 'Edit', exact: true }).click()
      await expect(owner.getByRole('heading', { level: 1, name: 'Edit contact and address' })).toBeVisible()
      await owner.getByLabel('Street address').fill('14 Square')
      await owner.getByLabel('Eircode').fill('1')
      await owner.getByRole('button', { name: 'Save address' }).click()
      await expect(owner.getByLabel('Eircode')).toHaveAttribute('aria-invalid', 'true')
      await owner.getByLabel('Eircode').fill('D02 X285')
      await owner.getByRole('button', { name: 'Save address' }).click()
      await expect(owner.getByText('Address saved.')).toBeVisible()
      const [order] = await db.select().from(orders).where(eq(orders.id, orderId))
      expect(order).toMatchObject({
        total: 2_700,
        shippingTotal: 0,
        shipLine1: '14 Square',
        shipCountry: 'IE',
      })
    })
  })
}
