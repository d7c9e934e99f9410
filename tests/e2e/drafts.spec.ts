import type { Page } from '@playwright/test'
import { desc, eq } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { draftOrders, emails } from '#db/schema/index.ts'
import { createProduct, createShop, signIn } from '../support/cast.ts'
import { createDraft } from '../support/drafts.ts'
import { findInvariantViolations } from '../support/invariants.ts'
import type { RunningShop } from '../support/running-shop.ts'
import { type StripeDouble, startStripeDouble } from '../support/stripe-double.ts'
import { openShop } from './support/shop.ts'
import { expectReceipt, placeButton } from './support/shopping.ts'
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
  expect(await findInvariantViolations()).toEqual([])
  await shop.stop()
  await double.stop()
})

async function openAsOlga(openBrowser: (options: { baseURL: string }) => Promise<Page>) {
  const page = await openBrowser({ baseURL: shop.origin })
  const { olga } = await createShop()
  const cookie = { name: 'sid', value: await signIn(olga), url: shop.origin, httpOnly: true }
  await page.context().addCookies([cookie])
  return page
}

/** The link of the newest email to the customer. */
async function emailedLink(): Promise<string> {
  const read = async () =>
    (
      await db
        .select({ text: emails.text })
        .from(emails)
        .where(eq(emails.kind, 'draft-order'))
        .orderBy(desc(emails.id))
        .limit(1)
    )[0]?.text
  await expect.poll(read).toContain('/drafts/')
  return /\/drafts\/[\w-]+/.exec((await read())!)![0]
}

for (const script of ['on', 'off'] as const)
  test.describe(`script ${script}`, () => {
    test.use({ script })

    test('staff send a draft, and the customer corrects the address and pays by bank transfer', async ({
      openBrowser,
    }) => {
      const sku = `CUP-${script}`
      await createProduct({ title: 'Tea cup', price: 700, sku })
      const staff = await openAsOlga(openBrowser)
      await staff.goto('/admin/orders')
      await staff.getByRole('link', { name: 'Create order' }).click()
      await staff.getByRole('searchbox').fill(sku)
      await staff.getByRole('button', { name: 'Search products' }).click()
      await staff.getByLabel('Quantity of Tea cup').fill('2')
      await staff.getByLabel('Email').fill('ada@example.com')
      await staff.getByLabel('Message to the customer').fill('As we discussed.')
      // The first click shows the total, and what is typed is kept.
      await staff.getByRole('button', { name: 'Update total' }).last().click()
      await expect(staff.locator('.sum__total')).toContainText('€18.90')
      await expect(staff.getByLabel('Email')).toHaveValue('ada@example.com')
      await staff.getByLabel('Street address').fill('12 Square')
      await staff.getByRole('button', { name: 'Save draft' }).click()
      await expect(staff.getByRole('alert')).toContainText('Enter the full name.')
      await staff.getByLabel('Full name').fill('Ada Byron')
      await staff.getByLabel('City').fill('Dublin')
      await staff.getByRole('button', { name: 'Save draft' }).click()
      await expect(staff.getByText('Draft saved.')).toBeVisible()
      await staff.getByRole('button', { name: 'Send to customer' }).click()
      await expect(staff.getByText('Sent to ada@example.com.', { exact: true })).toBeVisible()

      const customer = await openBrowser({ baseURL: shop.origin })
      const link = await emailedLink()
      await expect(staff.getByLabel('Link for the customer')).toHaveValue(shop.origin + link)
      await customer.goto(link)
      await expect(customer.getByText('As we discussed.')).toBeVisible()
      await customer.getByLabel('Street address').fill('14 Square')
      // Meanwhile staff change what is ordered.
      await staff.getByLabel('Quantity of Tea cup').fill('1')
      await staff.getByRole('button', { name: 'Save draft' }).click()
      await expect(staff.getByText('Draft saved.')).toBeVisible()
      await expect(staff.locator('.sum__total')).toContainText('€11.90')
      await customer.getByLabel('Bank transfer').check()
      await placeButton(customer).click()
      await expect(customer.getByRole('alert')).toContainText('We have changed this order.')
      await expect(customer.getByLabel('Street address')).toHaveValue('14 Square')
      await customer.goto(link)
      await customer.getByLabel('Street address').fill('14 Square')
      await customer.getByLabel('Bank transfer').check()
      await placeButton(customer).click()
      await expectReceipt(customer)
      await expect(customer.getByText('€11.90').first()).toBeVisible()
      const receipt = customer.url()
      await customer.goto(link)
      await expect(customer).toHaveURL(receipt)
      await staff.goto('/admin/orders/drafts?show=placed')
      const [draft] = await db.select().from(draftOrders).orderBy(desc(draftOrders.id)).limit(1)
      await staff.getByRole('link', { name: `#D${draft!.id}`, exact: true }).click()
      await expect(staff.getByText(`created by Olga Hill from draft #D${draft!.id}`)).toBeVisible()
      await expect(staff.getByText('14 Square')).toBeVisible()
    })

    test('the customer of a draft pays by card; staff place another one with a payment link', async ({
      openBrowser,
    }) => {
      const pot = await createProduct({ title: 'Clay pot' })
      const { draft } = await createDraft([pot])
      const customer = await openBrowser({ baseURL: shop.origin })
      await customer.goto(`/drafts/${draft.token}`)
      await customer.getByLabel('Card or wallet').check()
      await placeButton(customer).click()
      await customer.getByRole('button', { name: 'Pay', exact: true }).click()
      await expectReceipt(customer)
      await expect(customer.getByText('We received your payment.')).toBeVisible()

      const { draft: second } = await createDraft([pot])
      const staff = await openAsOlga(openBrowser)
      await staff.goto(`/admin/orders/drafts/${second.id}`)
      await staff.getByRole('link', { name: 'Create order' }).click()
      await staff.getByLabel('Payment link').check()
      await staff.getByRole('button', { name: /^Create order/ }).click()
      await expect(staff.getByText('Order created.')).toBeVisible()
      const paymentLink = await staff.getByLabel('Payment link').inputValue()
      await customer.goto(paymentLink)
      await customer.getByRole('button', { name: 'Pay now' }).click()
      await customer.getByRole('button', { name: 'Pay', exact: true }).click()
      await expect(customer.getByText('We received your payment.')).toBeVisible()
    })

    test('a deleted draft says so', async ({ openBrowser }) => {
      const { draft } = await createDraft([await createProduct()])
      const staff = await openAsOlga(openBrowser)
      await staff.goto(`/admin/orders/drafts/${draft.id}/delete`)
      await staff.getByRole('button', { name: 'Delete draft' }).click()
      await expect(staff.getByText('Draft deleted.')).toBeVisible()
      const customer = await openBrowser({ baseURL: shop.origin })
      const response = await customer.request.get(`/drafts/${draft.token}`)
      expect(response.status()).toBe(410)
      expect(await response.text()).toContain('This order is no longer available')
    })
  })
