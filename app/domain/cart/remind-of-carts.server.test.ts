import { eq, sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { giveConsent, hasConsent, withdrawConsent } from '#app/domain/consents/consents.server.ts'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { sendQueuedEmail } from '#app/domain/emails/send-email.server.ts'
import { findSubscription, unsubscribe } from '#app/domain/emails/unsubscribe.server.ts'
import { deleteExpired } from '#app/domain/maintenance/cleanup.server.ts'
import { db, transaction } from '#db/client.ts'
import { cartReminders, carts, emails, products, settings, users } from '#db/schema/index.ts'
import {
  createGuest,
  createProduct,
  createShop,
  createUser,
  filledForm,
  setStock,
} from '#tests/support/cast.ts'
import { getCartContact, saveCartConsent } from './cart-consent.server.ts'
import { addToCart, setLineQuantity } from './cart.server.ts'
import type { Shopper } from './cart.ts'
import { getCart } from './get-cart.server.ts'
import { remindOfCarts } from './remind-of-carts.server.ts'
import { listRestoredLines, restoreCart } from './restore-cart.server.ts'

const text = 'Email me news.'
const hoursFromNow = (hours: number) => new Date(Date.now() + hours * 3_600_000)
const aDayLater = () => hoursFromNow(25)

beforeEach(async () => {
  await createShop()
  await db.update(settings).set({ remindsOfCarts: true })
  await db.delete(carts)
  await db.delete(cartReminders)
})

let count = 0
const newAddress = () => `person-${(count += 1)}@example.com`

const choose = (shopper: Shopper, email: string, isGiven = true) =>
  saveCartConsent({ shopper, choice: { email, isGiven, text } })

async function createConsentingGuest(email = newAddress()) {
  const pot = await createProduct({ title: 'Clay pot', price: 1250, stock: 5 })
  const shopper = await createGuest({ variantId: pot.variantId, quantity: 2 })
  await choose(shopper, email)
  return { shopper, email, pot }
}

const remindersTo = (email: string) =>
  db
    .select()
    .from(emails)
    .where(sql`${emails.kind} = 'cart-reminder' and ${emails.toEmail} = ${email}`)

async function sentReminder(email: string) {
  const [queued] = await remindersTo(email)
  await sendQueuedEmail(queued!.id)
  const [sent] = await remindersTo(email)
  return sent ?? null
}

const tokenIn = (email: { text: string } | null, path: string) =>
  new RegExp(`${path}/(\\d+-[\\w-]{43})\\n`).exec(email!.text)![1]!

test('a guest who agreed at checkout is reminded a day after the last change, once', async () => {
  const { email } = await createConsentingGuest()
  expect(await remindOfCarts(hoursFromNow(23))).toBe(0)
  expect(await remindOfCarts(aDayLater())).toBe(1)
  expect(await remindOfCarts(aDayLater())).toBe(0)
  expect(await remindOfCarts(hoursFromNow(72))).toBe(0)
  expect(await remindersTo(email)).toHaveLength(1)
})

test('the reminder lists the cart, restores it by link, and can be stopped', async () => {
  const { email } = await createConsentingGuest()
  await remindOfCarts(aDayLater())
  const sent = await sentReminder(email)
  expect(sent!.text).toContain('2 × Clay pot')
  const other = await createGuest()
  const token = tokenIn(sent, 'cart/restore')
  expect(await listRestoredLines(token)).toMatchObject([{ name: 'Clay pot', wanted: 2, quantity: 2 }])
  expect((await getCart(other))?.count ?? 0).toBe(0)
  expect(await restoreCart({ shopper: other, token })).toMatchObject({ ok: true, added: 2, notes: [] })
  expect(await restoreCart({ shopper: other, token })).toMatchObject({ ok: true, added: 0 })
  expect((await getCart(other))!.count).toBe(2)
  const stop = tokenIn(sent, 'unsubscribe')
  expect(await findSubscription(stop)).toEqual({ email, kind: 'marketing', isActive: true })
  expect(await unsubscribe(stop)).toBe(true)
  expect(await unsubscribe(stop)).toBe(true)
  expect(await findSubscription(stop)).toMatchObject({ isActive: false })
  expect(await hasConsent(email)).toBe(false)
})

test('a changed or foreign token restores and stops nothing', async () => {
  const { email } = await createConsentingGuest()
  await remindOfCarts(aDayLater())
  const sent = await sentReminder(email)
  const restore = tokenIn(sent, 'cart/restore')
  const stop = tokenIn(sent, 'unsubscribe')
  const shopper = await createGuest()
  const [id, signature] = [restore.slice(0, restore.indexOf('-')), restore.slice(restore.indexOf('-'))]
  for (const token of [stop, `${Number(id) + 1}${signature}`, `${restore}x`, '', '1'])
    expect(await restoreCart({ shopper, token })).toEqual({ ok: false, reason: 'not-found' })
  expect(await unsubscribe(restore)).toBe(false)
  expect(await hasConsent(email)).toBe(true)
})

test('restoring adds what is available and says what is gone', async () => {
  const email = newAddress()
  const few = await createProduct({ title: 'Few', stock: 9 })
  const gone = await createProduct({ title: 'Gone', stock: 9 })
  const hidden = await createProduct({ title: 'Hidden', stock: 9 })
  const deleted = await createProduct({ title: 'Deleted', stock: 9 })
  const shopper = await createGuest(
    ...[few, gone, hidden, deleted].map(({ variantId }) => ({ variantId, quantity: 3 })),
  )
  await choose(shopper, email)
  await remindOfCarts(aDayLater())
  const token = tokenIn(await sentReminder(email), 'cart/restore')
  const { olga } = await createShop()
  await setStock(few.variantId, 2, olga)
  await setStock(gone.variantId, 0, olga)
  await db.update(products).set({ status: 'draft' }).where(eq(products.id, hidden.productId))
  await db.delete(products).where(eq(products.id, deleted.productId))
  expect(await listRestoredLines(token)).toMatchObject([
    { name: 'Few', wanted: 3, quantity: 2, isSold: true },
    { name: 'Gone', quantity: 0, isSold: true },
    { name: 'Hidden', quantity: 0, isSold: false },
    { name: 'Deleted', quantity: 0, isSold: false },
  ])
  expect(await restoreCart({ shopper: await createGuest(), token })).toEqual({
    ...{ ok: true, added: 2, isInCart: true },
    notes: [
      { name: 'Few', kind: 'fewer-left', left: 2 },
      { name: 'Gone', kind: 'sold-out' },
      { name: 'Hidden', kind: 'no-longer-sold' },
      { name: 'Deleted', kind: 'no-longer-sold' },
    ],
  })
})

test('nobody is reminded while the setting is off, without consent, after withdrawing it, or of an old cart', async () => {
  const { email } = await createConsentingGuest()
  await db.update(settings).set({ remindsOfCarts: false })
  expect(await remindOfCarts(aDayLater())).toBe(0)
  await db.update(settings).set({ remindsOfCarts: true })
  expect(await remindOfCarts(hoursFromNow(97))).toBe(0)
  await createGuest(await createProduct())
  await transaction((tx) => withdrawConsent(tx, { email, source: 'email' }))
  expect(await remindOfCarts(aDayLater())).toBe(0)
})

test('a customer is reminded only with consent and a verified address', async () => {
  const { id, email } = await createUser()
  const shopper = { sessionId: 0, userId: id }
  const { variantId } = await createProduct()
  await addToCart({ shopper, variantId, quantity: 1 })
  expect(await remindOfCarts(aDayLater())).toBe(0)
  await transaction((tx) => giveConsent(tx, { email, source: 'account', text }))
  await db.update(users).set({ emailVerifiedAt: null }).where(eq(users.id, id))
  expect(await remindOfCarts(aDayLater())).toBe(0)
  await db.update(users).set({ emailVerifiedAt: new Date() }).where(eq(users.id, id))
  expect(await remindOfCarts(aDayLater())).toBe(1)
})

test('a cart is reminded of again only with other contents', async () => {
  const { shopper, pot, email } = await createConsentingGuest()
  await remindOfCarts(aDayLater())
  await setLineQuantity({ shopper, variantId: pot.variantId, quantity: 3 })
  await setLineQuantity({ shopper, variantId: pot.variantId, quantity: 2 })
  expect(await remindOfCarts(hoursFromNow(60))).toBe(0)
  await setLineQuantity({ shopper, variantId: pot.variantId, quantity: 1 })
  expect(await remindOfCarts(hoursFromNow(30))).toBe(0)
  expect(await remindOfCarts(hoursFromNow(60))).toBe(1)
  expect(await remindersTo(email)).toHaveLength(2)
})

test('nobody is reminded of a cart of which nothing can be bought', async () => {
  const { pot } = await createConsentingGuest()
  const { olga } = await createShop()
  await setStock(pot.variantId, 0, olga)
  expect(await remindOfCarts(aDayLater())).toBe(0)
})

test('nobody is reminded who has ordered since, in another browser or in another spelling of the address', async () => {
  const email = newAddress()
  await createConsentingGuest(email)
  const { settings: shop } = await createShop()
  const elsewhere = await createGuest(await createProduct())
  const form = await filledForm(elsewhere, shop, { email: email.replace('@', '+shop@') })
  expect((await placeOrder({ shopper: elsewhere, form, settings: shop, now: new Date() })).ok).toBe(true)
  expect(await remindOfCarts(aDayLater())).toBe(0)
})

test('an order, a change or a withdrawn consent between queueing and sending drops the reminder', async () => {
  const { settings: shop } = await createShop()
  const ordered = await createConsentingGuest()
  const changed = await createConsentingGuest()
  const withdrawn = await createConsentingGuest()
  const now = new Date()
  // A day ago, so that what follows comes after the reminder.
  await db.update(carts).set({ updatedAt: sql`now() - interval '25 hours'` })
  expect(await remindOfCarts(now)).toBe(3)
  const form = await filledForm(ordered.shopper, shop, { email: ordered.email, acceptsMarketing: true })
  expect((await placeOrder({ shopper: ordered.shopper, form, settings: shop, now })).ok).toBe(true)
  await setLineQuantity({ shopper: changed.shopper, variantId: changed.pot.variantId, quantity: 1 })
  await transaction((tx) => withdrawConsent(tx, { email: withdrawn.email, source: 'email' }))
  for (const { email } of [ordered, changed, withdrawn]) expect(await sentReminder(email)).toBe(null)
})

test('six workers and the order that is being placed: one reminder at most, and none of an ordered cart', async () => {
  const { settings: shop } = await createShop()
  const guests = []
  for (let index = 0; index < 6; index += 1) guests.push(await createConsentingGuest())
  await db.update(carts).set({ updatedAt: sql`now() - interval '25 hours'` })
  const forms = await Promise.all(
    guests.map(({ shopper, email }) => filledForm(shopper, shop, { email, acceptsMarketing: true })),
  )
  const now = new Date()
  const [orders, ...counts] = await Promise.all([
    Promise.all(
      guests
        .slice(0, 3)
        .map(({ shopper }, index) => placeOrder({ shopper, form: forms[index]!, settings: shop, now })),
    ),
    ...Array.from({ length: 6 }, () => remindOfCarts(now)),
  ])
  expect(orders.every(({ ok }) => ok)).toBe(true)
  expect(counts.reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(3)
  for (const [index, { email }] of guests.entries()) {
    const queued = await remindersTo(email)
    expect(queued.length).toBeLessThanOrEqual(1)
    for (const { id } of queued) await sendQueuedEmail(id)
    expect(await remindersTo(email)).toHaveLength(index < 3 ? 0 : 1)
  }
})

test('without consent the checkout stores no address; taking it back withdraws what this cart gave', async () => {
  const email = newAddress()
  const shopper = await createGuest(await createProduct())
  const stored = async () => [await getCartContact(shopper), (await getCart(shopper))!.hasConsent]
  await choose(shopper, email, false)
  expect(await stored()).toEqual([null, false])
  await choose(shopper, email)
  expect(await stored()).toEqual([email, true])
  await choose(shopper, email, false)
  expect(await stored()).toEqual([null, false])
  expect(await hasConsent(email)).toBe(false)
})

test('the checkout of a cart whose owner unsubscribed no longer has the address, nor the checkbox checked', async () => {
  const { shopper, email } = await createConsentingGuest()
  await remindOfCarts(aDayLater())
  await unsubscribe(tokenIn(await sentReminder(email), 'unsubscribe'))
  expect(await getCartContact(shopper)).toBe(null)
})

test('placing an order records the choice of its form', async () => {
  const { settings: shop } = await createShop()
  const email = newAddress()
  const shopper = await createGuest(await createProduct())
  const form = await filledForm(shopper, shop, { email, acceptsMarketing: true })
  await placeOrder({ shopper, form, settings: shop, now: new Date() })
  expect(await hasConsent(email)).toBe(true)
  const other = await createGuest(await createProduct())
  const unchecked = await filledForm(other, shop, { email: newAddress() })
  await placeOrder({ shopper: other, form: unchecked, settings: shop, now: new Date() })
  expect(await hasConsent(unchecked.email)).toBe(false)
  // Another browser's unchecked box takes back nothing.
  const third = await createGuest(await createProduct())
  const again = await filledForm(third, shop, { email })
  await placeOrder({ shopper: third, form: again, settings: shop, now: new Date() })
  expect(await hasConsent(email)).toBe(true)
})

test('the cleanup deletes reminders after 30 days, and their links restore nothing', async () => {
  const { email } = await createConsentingGuest()
  await remindOfCarts(aDayLater())
  const token = tokenIn(await sentReminder(email), 'cart/restore')
  await db.update(cartReminders).set({ createdAt: sql`now() - interval '31 days'` })
  await deleteExpired()
  expect(await listRestoredLines(token)).toBe(null)
})
