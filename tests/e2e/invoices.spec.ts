import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { formatMoney } from '#app/domain/money.ts'
import { db } from '#db/client.ts'
import { orders } from '#db/schema/index.ts'
import { createOrder, createProduct, createShop } from '../support/cast.ts'
import { createPaidOrder, refund } from '../support/payments.ts'
import { createTaxRate, resetPricing } from '../support/pricing.ts'
import { expect, test } from './support/test.ts'

/** The amounts of the document, by name. */
async function readTotals(page: Page): Promise<Record<string, string>> {
  const rows = await page.locator('.document__totals > div').all()
  const pairs = await Promise.all(
    rows.map(async (row) => [
      (await row.locator('dt').innerText()).replace(/ on .*/, ''),
      await row.locator('dd').innerText(),
    ]),
  )
  return Object.fromEntries(pairs) as Record<string, string>
}

for (const script of ['on', 'off'] as const) {
  test.describe(`script ${script}`, () => {
    test.use({ script })
    test.afterEach(resetPricing)

    test('staff issue and print an invoice, and the customer sees the same one', async ({
      owner,
      shopper,
    }) => {
      const { settings } = await createShop()
      await createTaxRate('IE', 19)
      const product = await createProduct({ title: 'Clay pot', price: 999 })
      const { orderId } = await createOrder({ ...product, quantity: 3 })
      const [order] = await db.select().from(orders).where(eq(orders.id, orderId))
      const money = (amount: number) => formatMoney(amount, settings)

      await owner.goto(`/admin/orders/${orderId}`)
      await owner.getByRole('button', { name: 'Issue invoice' }).click()
      await expect(owner.getByText('Invoice issued.')).toBeVisible()
      await expect(owner.getByRole('button', { name: 'Issue invoice' })).toHaveCount(0)
      await owner.locator('.panel', { hasText: 'Documents' }).locator('a[href*="/invoices/"]').click()
      await expect(owner.getByRole('heading', { level: 1, name: /^Invoice / })).toBeVisible()
      const { total, taxTotal } = order!
      const totals = {
        Net: money(total - taxTotal),
        [`${settings.taxLabel} 19%`]: money(taxTotal),
        ...{ Total: money(total), 'Amount due': money(total) },
      }
      const shown = await readTotals(owner)
      expect(Object.values(shown)).toEqual(Object.values(totals))
      await expect(owner.getByRole('button', { name: 'Print' })).toHaveCount(script === 'on' ? 1 : 0)
      if (script === 'off') await expect(owner.getByText('browser’s Print command')).toBeVisible()

      await owner.goto(`/admin/orders/${orderId}/packing-slip`)
      await expect(owner.getByRole('row', { name: 'Clay pot 3 of 3' })).toBeVisible()

      await shopper.goto(`/orders/${order!.token}`)
      await shopper.getByRole('link', { name: /^Invoice / }).click()
      await expect(shopper.getByRole('heading', { level: 1, name: /^Invoice / })).toBeVisible()
      expect(await readTotals(shopper)).toEqual(shown)
      const path = new URL(shopper.url()).pathname
      const strange = await shopper.goto(path.replace(order!.token, 'x'.repeat(22)))
      expect(strange!.status()).toBe(404)
    })

    test('staff print the packing slips of selected orders, and export the invoices of a day', async ({
      owner,
    }) => {
      const [first, second] = [await createPaidOrder(), await createPaidOrder()]
      await refund({ orderId: first.orderId, by: first.olga, extra: 100 })
      await owner.goto('/admin/orders')
      for (const { orderId } of [first, second])
        await owner.locator(`[name=order][value="${orderId}"]`).check()
      await owner.getByRole('button', { name: 'Print packing slips' }).click()
      await expect(owner.getByRole('heading', { level: 1, name: /^Packing slip / })).toHaveCount(2)
      await expect(owner.getByRole('row', { name: 'Clay pot 2 of 2' })).toHaveCount(2)
      await owner.goto('/admin/orders/packing-slips')
      await expect(owner.getByText('Select the orders')).toBeVisible()

      await owner.getByRole('link', { name: 'Orders' }).first().click()
      await owner.getByRole('link', { name: 'Invoices', exact: true }).click()
      await owner.getByLabel('Type').selectOption('Credit note')
      await owner.getByRole('button', { name: 'Show' }).click()
      await expect(owner.getByRole('cell', { name: 'Credit note' }).first()).toBeVisible()
      await expect(owner.getByRole('cell', { name: 'Invoice', exact: true })).toHaveCount(0)
      const file = owner.waitForEvent('download')
      await owner.getByRole('link', { name: 'Export CSV' }).click()
      const text = await readFile(await (await file).path(), 'utf8')
      expect(text).toContain('"Credit note"')
      expect(text).toContain('"-1.00","EUR"')
      expect(text).not.toContain('"Invoice"')
    })
  })
}
