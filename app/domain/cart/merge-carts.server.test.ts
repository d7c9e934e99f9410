import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { startUserSession } from '#app/domain/accounts/user-session.server.ts'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { db } from '#db/client.ts'
import { carts, orders, sessions } from '#db/schema/index.ts'
import {
  createGuest,
  createUser,
  createProduct,
  filledForm,
  now,
  createShop,
  signIn,
} from '#tests/support/cast.ts'
import { addToCart } from './cart.server.ts'
import { getCart } from './get-cart.server.ts'

const signInFrom = (userId: number, guest: { sessionId: number }) =>
  startUserSession({ userId, formerSessionId: guest.sessionId, userAgent: '' })

/** The customer's cart, from any of their devices. */
const cartOf = (userId: number) => getCart({ sessionId: 0, userId })

async function createCustomer(...wanted: { variantId: number; quantity?: number }[]) {
  const { id } = await createUser()
  for (const { variantId, quantity = 1 } of wanted)
    await addToCart({ shopper: { sessionId: 0, userId: id }, variantId, quantity })
  return id
}

const quantitiesOf = async (userId: number) =>
  Object.fromEntries((await cartOf(userId))!.lines.map((line) => [line.variantId, line.quantity]))

test('a customer has one cart on every device, and signing out keeps it', async () => {
  const { variantId } = await createProduct()
  const carl = await createCustomer({ variantId, quantity: 2 })
  await signIn(carl)
  await signIn(carl)
  await db.delete(sessions).where(eq(sessions.userId, carl))
  expect(await cartOf(carl)).toMatchObject({ count: 2 })
})

test('sign-in merges the guest’s cart, capped by stock, and deletes it; merging again adds nothing', async () => {
  const [pot, vase, lamp] = [await createProduct(), await createProduct({ stock: 4 }), await createProduct()]
  const carl = await createCustomer({ variantId: pot.variantId, quantity: 5 }, { variantId: vase.variantId })
  const guest = await createGuest(
    { variantId: pot.variantId, quantity: 2 },
    { variantId: vase.variantId, quantity: 3 },
    { variantId: lamp.variantId },
  )
  expect(await signInFrom(carl, guest)).toMatchObject({ joined: { added: 3, dropped: 0, didMerge: true } })
  expect(await quantitiesOf(carl)).toEqual({
    [pot.variantId]: 5,
    [vase.variantId]: 3,
    [lamp.variantId]: 1,
  })
  expect(await db.$count(carts, eq(carts.sessionId, guest.sessionId))).toBe(0)
  expect(await signInFrom(carl, guest)).toMatchObject({ joined: { added: 0 } })
})

test('with an empty customer cart, a checkout open in another tab stays valid', async () => {
  const { settings } = await createShop()
  const { variantId } = await createProduct()
  const guest = await createGuest({ variantId })
  const form = await filledForm(guest, settings)
  const carl = await createCustomer()
  const { sessionId } = (await signInFrom(carl, guest))!
  const placed = await placeOrder({ shopper: { sessionId, userId: carl }, form, settings, now })
  expect(placed).toMatchObject({ ok: true, isNew: true })
  const [order] = await db.select().from(orders).where(eq(orders.checkoutKey, form.checkoutKey))
  expect(order!.userId).toBe(carl)
})

test('two concurrent sign-ins lose nothing of either cart', async () => {
  for (let round = 0; round < 8; round++) {
    const [pot, vase] = [await createProduct(), await createProduct()]
    const carl = await createCustomer()
    const [phone, laptop] = [await createGuest(pot), await createGuest({ ...vase, quantity: 2 })]
    await Promise.all([signInFrom(carl, phone), signInFrom(carl, laptop)])
    expect(await quantitiesOf(carl)).toEqual({ [pot.variantId]: 1, [vase.variantId]: 2 })
  }
})

test('signing in while the order is being placed gives one order, and its items are in no cart', async () => {
  const { settings } = await createShop()
  for (let round = 0; round < 8; round++) {
    const { variantId } = await createProduct()
    const guest = await createGuest({ variantId })
    const form = await filledForm(guest, settings)
    const carl = await createCustomer()
    const [placed] = await Promise.all([
      placeOrder({ shopper: guest, form, settings, now }),
      signInFrom(carl, guest),
    ])
    const made = await db.$count(orders, eq(orders.checkoutKey, form.checkoutKey))
    expect(made).toBe(placed.ok ? 1 : 0)
    // Either the order or the customer's cart has it.
    expect((await cartOf(carl))?.count ?? 0).toBe(1 - made)
  }
})

test('adding to a cart whose session has just ended is refused, not an error', async () => {
  const { variantId } = await createProduct()
  const guest = await createGuest()
  await db.delete(sessions).where(eq(sessions.id, guest.sessionId))
  expect(await addToCart({ shopper: guest, variantId, quantity: 1 })).toMatchObject({
    reason: 'session-expired',
  })
})
