import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { addToCart } from '#app/domain/cart/cart.server.ts'
import { addNote } from '#app/domain/orders/add-note.server.ts'
import { giveConsent, withdrawConsent } from '#app/domain/consents/consents.server.ts'
import { requestStockAlert } from '#app/domain/stock-alerts/request-alert.server.ts'
import { db, transaction } from '#db/client.ts'
import { notifications, orders, users } from '#db/schema/index.ts'
import { createOrder, createUser, createProduct, signIn } from '#tests/support/cast.ts'
import { addAddress } from '#app/domain/accounts/addresses.server.ts'
import { exportAccount } from './export-account.server.ts'
import { findSession } from '#app/domain/accounts/sessions.server.ts'

const address = {
  ...{ name: 'Ada Byron', company: '', line1: '12 Square', line2: '', postcode: 'D02', city: 'Dublin' },
  ...{ region: '', country: 'IE', phone: '' },
}

test('the export contains the user’s account, addresses, cart, orders and sessions, and no other user’s', async () => {
  const ada = await createUser({ name: 'Ada Byron' })
  const eve = await createUser({ name: 'Eve Other' })
  const pot = await createProduct({ title: 'Clay pot', price: 1250, sku: 'POT' })
  const { orderId } = await createOrder({ ...pot, quantity: 2 }, { note: 'Ring twice' })
  const { orderId: foreign } = await createOrder(pot, { note: 'Somebody else' })
  await db.update(orders).set({ userId: ada.id }).where(eq(orders.id, orderId))
  await db.update(orders).set({ userId: eve.id }).where(eq(orders.id, foreign))
  await addAddress(ada.id, { ...address, isDefault: false })
  await addAddress(eve.id, { ...address, line1: '13 Elsewhere', isDefault: false })
  const session = await findSession(await signIn(ada.id))
  await addToCart({
    shopper: { sessionId: session!.id, userId: ada.id },
    variantId: pot.variantId,
    quantity: 3,
  })

  for (const { id } of [ada, eve])
    await db.insert(notifications).values({ userId: id, kind: 'order-paid', dedupeKey: 'x', subject: '#1' })

  for (const { email } of [ada, eve])
    await transaction((tx) => giveConsent(tx, { email, source: 'account', text: `Text for ${email}` }))
  await transaction((tx) => withdrawConsent(tx, { email: ada.email, source: 'email' }))
  const { variantId, handle } = await createProduct({ title: 'Tin', stock: 0 })
  await requestStockAlert({ product: handle, variantId, email: ada.email, isVerified: true })

  const held = await exportAccount(ada.id)
  expect(held).toMatchObject({
    marketingConsents: [
      { kind: 'withdrawn', source: 'email' },
      { kind: 'given', source: 'account', text: `Text for ${ada.email}` },
    ],
    stockAlerts: [{ title: 'Tin', variantTitle: '' }],
    account: { email: ada.email, name: 'Ada Byron', role: 'customer', hasTwoFactor: false },
    addresses: [{ line1: '12 Square', isDefault: true }],
    cart: [{ title: 'Clay pot', sku: 'POT', quantity: 3, unitPrice: 1250 }],
    orders: [
      {
        note: 'Ring twice',
        shipTo: { city: 'Dublin' },
        total: 2990,
        currency: 'EUR',
        lines: [{ title: 'Clay pot', quantity: 2, lineTotal: 2500 }],
      },
    ],
    sessions: [{ userAgent: 'test' }],
    notifications: [{ kind: 'order-paid', subject: '#1', readAt: null }],
    notificationPreferences: [],
  })
  expect(held!.orders).toHaveLength(1)
  expect(held!.notifications).toHaveLength(1)
  expect(JSON.stringify(held)).not.toMatch(/Eve|Elsewhere|Somebody else/)
})

test('the export contains no credentials and no staff notes', async () => {
  const ada = await createUser({ totpSecret: Buffer.alloc(53, 7) })
  const token = await signIn(ada.id)
  const { orderId, olga } = await createOrder(await createProduct())
  const [order] = await db.update(orders).set({ userId: ada.id }).where(eq(orders.id, orderId)).returning()
  await addNote({ orderId, note: 'Difficult customer', isMessage: false, by: olga })
  const [row] = await db.select().from(users).where(eq(users.id, ada.id))
  const text = JSON.stringify(await exportAccount(ada.id))
  for (const secret of [token, order!.token, order!.checkoutKey, row!.passwordHash, 'Difficult customer'])
    expect(text).not.toContain(secret)
  expect(text).not.toMatch(/hash|token|secret|argon2/i)
})

test('the export of a deleted account is null', async () => {
  expect(await exportAccount(999_999_999)).toBeNull()
})
