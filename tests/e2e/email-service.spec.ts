import { eq } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { orders } from '#db/schema/index.ts'
import { createOrder, createProduct, createShop, signIn } from '../support/cast.ts'
import { startEmailService } from '../support/email-service.ts'
import { openShop } from './support/shop.ts'
import { expect, test } from './support/test.ts'

test('without an email service no page promises an email', async ({ owner, shopper }) => {
  const { orderId } = await createOrder(await createProduct())
  const [order] = await db.select({ token: orders.token }).from(orders).where(eq(orders.id, orderId))
  await shopper.goto(`/orders/${order!.token}`)
  await expect(shopper.getByText('Bookmark this page for updates.')).toBeVisible()
  await expect(shopper.getByText('We’ve emailed')).toHaveCount(0)
  await shopper.goto('/forgot-password')
  await shopper.getByLabel('Email').fill('nobody@example.com')
  await shopper.getByRole('button', { name: 'Request a link' }).click()
  await expect(shopper.getByRole('heading', { level: 1, name: 'Request received' })).toBeVisible()
  await owner.goto('/admin')
  await expect(
    owner.getByText('Set up an email service').or(owner.getByText('No email service')),
  ).toBeVisible()
  await owner.goto('/admin/emails')
  await owner.getByRole('button', { name: 'Send a test email' }).click()
  await expect(owner.getByText('No email was sent, because no email service is set up.')).toBeVisible()
})

test('with an email service a test email is sent, and a refusal is shown in its words', async ({
  openBrowser,
}) => {
  const service = await startEmailService()
  const shop = await openShop({
    RESEND_API_KEY: service.settings.resendApiKey,
    RESEND_BASE_URL: service.settings.resendBaseUrl,
  })
  try {
    const { olga } = await createShop()
    const page = await openBrowser({ baseURL: shop.origin })
    await page
      .context()
      .addCookies([{ name: 'sid', value: await signIn(olga), url: shop.origin, httpOnly: true }])
    await page.goto('/admin/emails')
    await expect(page.getByRole('heading', { name: 'No email service' })).toHaveCount(0)
    await page.getByRole('button', { name: 'Send a test email' }).click()
    await expect(page.getByText(/^Test email sent to olga@/)).toBeVisible()
    expect(service.received).toHaveLength(1)
    service.refuseWith('The hill.example domain is not verified.')
    await page.getByRole('button', { name: 'Send a test email' }).click()
    await expect(page.getByText('The hill.example domain is not verified.')).toBeVisible()
  } finally {
    await shop.stop()
    await service.stop()
  }
})
