import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { requestSignUpEmail } from '#app/domain/accounts/sign-up.server.ts'
import { saveCartConsent } from '#app/domain/cart/cart-consent.server.ts'
import { remindOfCarts } from '#app/domain/cart/remind-of-carts.server.ts'
import { deliver } from '#app/domain/mail/delivery.server.ts'
import { notifyBackInStock } from '#app/domain/stock-alerts/notify-back-in-stock.server.ts'
import { requestStockAlert } from '#app/domain/stock-alerts/request-alert.server.ts'
import { db } from '#db/client.ts'
import { emails, settings as settingsTable } from '#db/schema/index.ts'
import { createGuest, createOrder, createProduct, createShop, setStock } from '#tests/support/cast.ts'
import { startEmailService } from '#tests/support/email-service.ts'
import { composeEmail } from './compose-email.server.ts'

/** One email of each kind that can be stopped, and two that cannot. */
async function queueEmails() {
  const { olga } = await createShop()
  await db.update(settingsTable).set({ remindsOfCarts: true })
  const [pot, tin] = [await createProduct({ stock: 0 }), await createProduct({ stock: 0 })]
  const ask = { product: pot.handle, variantId: pot.variantId, email: 'kim@example.com' }
  await requestStockAlert({ ...ask, isVerified: true })
  await requestStockAlert({
    product: tin.handle,
    variantId: tin.variantId,
    email: 'kim@example.com',
    isVerified: false,
  })
  await setStock(pot.variantId, 1, olga)
  await notifyBackInStock(new Date())
  const shopper = await createGuest(await createProduct())
  await saveCartConsent({
    shopper,
    choice: { email: 'lea@example.com', isGiven: true, text: 'Email me news.' },
  })
  await remindOfCarts(new Date(Date.now() + 25 * 3_600_000))
  await createOrder(await createProduct())
  await requestSignUpEmail('sign-up', 'new@example.com')
}

test('emails that can be stopped have a link in text and HTML, and the headers of RFC 8058; others have none', async () => {
  const { settings } = await createShop()
  await queueEmails()
  const service = await startEmailService()
  const kinds = [
    'stock-alert-confirmation',
    'back-in-stock',
    'cart-reminder',
    'order-confirmed',
    'sign-up',
  ] as const
  for (const kind of kinds) {
    const [email] = await db.select().from(emails).where(eq(emails.kind, kind))
    const { content, unsubscribeUrl } = (await composeEmail(email!, settings))!
    await deliver(
      { key: kind, from: 'shop@example.com', to: email!.toEmail, ...content, unsubscribeUrl },
      service.settings,
    )
    const { headers, text, html } = service.received.at(-1)!
    if (kind === 'order-confirmed' || kind === 'sign-up') {
      expect(Object.keys(headers)).toEqual(['Auto-Submitted'])
      continue
    }
    expect(unsubscribeUrl).toMatch(/^http:\/\/localhost:3000\/unsubscribe\/\d+-[\w-]{43}$/)
    expect(headers).toMatchObject({
      'List-Unsubscribe': `<${unsubscribeUrl}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    })
    expect(text).toContain(`:\n${unsubscribeUrl}\n`)
    expect(html).toContain(`href="${unsubscribeUrl}"`)
  }
  await service.stop()
})
