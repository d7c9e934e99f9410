import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { db } from '#db/client.ts'
import { orders, products, sessions } from '#db/schema/index.ts'
import {
  createGuest,
  createUser,
  createProduct,
  filledForm,
  now,
  createShop,
  changePrice,
  signIn,
  setStock,
} from '#tests/support/cast.ts'
import { findSession, startGuestSession } from '#app/domain/accounts/sessions.server.ts'
import { addToCart, type NewGuest } from './cart.server.ts'
import { getCart } from './get-cart.server.ts'
import { reorder } from './reorder.server.ts'

/** Places a guest order of these variants and returns the receipt's token. */
async function createOrderOf(...wanted: { variantId: number; quantity?: number }[]): Promise<string> {
  const { settings } = await createShop()
  const shopper = await createGuest(...wanted)
  const placed = await placeOrder({ shopper, form: await filledForm(shopper, settings), settings, now })
  if (!placed.ok) throw new Error(placed.reason)
  return placed.token
}

async function createCustomer() {
  const { id } = await createUser()
  const session = await findSession(await signIn(id))
  return { sessionId: session!.id, userId: id }
}

test('reorder adds the order’s lines to the cart, and a second call adds nothing', async () => {
  const [pot, vase] = [await createProduct({ title: 'Pot' }), await createProduct({ title: 'Vase' })]
  const token = await createOrderOf({ ...pot, quantity: 2 }, vase)
  const shopper = await createCustomer()
  expect(await reorder({ shopper, token })).toEqual({ ok: true, added: 3, isInCart: true, notes: [] })
  const cart = await getCart(shopper)
  expect(cart!.lines).toMatchObject([
    { title: 'Pot', quantity: 2 },
    { title: 'Vase', quantity: 1 },
  ])
  expect(await reorder({ shopper, token })).toEqual({ ok: true, added: 0, isInCart: true, notes: [] })
  expect(await getCart(shopper)).toEqual(cart)
})

test('a new guest gets a session only if there is something to add', async () => {
  const { olga } = await createShop()
  const pot = await createProduct()
  const token = await createOrderOf(pot)
  const begun: number[] = []
  const shopper: NewGuest = {
    async beginSession(tx) {
      const { id } = await startGuestSession('test', tx)
      begun.push(id)
      return { sessionId: id, userId: null }
    },
  }
  await setStock(pot.variantId, 0, olga)
  const before = await db.$count(sessions)
  expect(await reorder({ shopper, token })).toMatchObject({ ok: true, added: 0, isInCart: false })
  expect(await reorder({ shopper, token: 'nobody-has-this-token-' })).toMatchObject({ ok: false })
  expect(await db.$count(sessions)).toBe(before)

  await setStock(pot.variantId, 5, olga)
  expect(await reorder({ shopper, token })).toMatchObject({ added: 1 })
  expect(begun).toHaveLength(1)
  expect(await getCart({ sessionId: begun[0]!, userId: null })).toMatchObject({ count: 1 })
})

test('existing cart lines count and are never reduced', async () => {
  const pot = await createProduct()
  const token = await createOrderOf({ ...pot, quantity: 2 })
  const shopper = await createGuest({ ...pot, quantity: 1 })
  expect(await reorder({ shopper, token })).toMatchObject({ added: 1 })
  await addToCart({ shopper, variantId: pot.variantId, quantity: 3 })
  expect(await reorder({ shopper, token })).toMatchObject({ added: 0 })
  expect(await getCart(shopper)).toMatchObject({ count: 5 })
})

test('reorder reports sold-out, reduced, dearer and deleted variants, and adds no more than is available', async () => {
  const { olga } = await createShop()
  const soldOut = await createProduct({ title: 'Sold out' })
  const fewer = await createProduct({ title: 'Fewer' })
  const dearer = await createProduct({ title: 'Dearer', price: 1000 })
  const draft = await createProduct({ title: 'Draft' })
  const deleted = await createProduct({ title: 'Deleted', stock: 0, trackStock: false })
  const onRequest = await createProduct({ title: 'On request' })
  const token = await createOrderOf(soldOut, { ...fewer, quantity: 5 }, dearer, draft, deleted, onRequest)
  await setStock(soldOut.variantId, 0, olga)
  await setStock(fewer.variantId, 2, olga)
  await changePrice(dearer.variantId, 1200)
  await db.update(products).set({ status: 'draft' }).where(eq(products.id, draft.productId))
  await db.delete(products).where(eq(products.id, deleted.productId))
  await changePrice(onRequest.variantId, null)
  const shopper = await createGuest()
  expect(await reorder({ shopper, token })).toEqual({
    ok: true,
    added: 3,
    isInCart: true,
    notes: [
      { name: 'Sold out', kind: 'sold-out' },
      { name: 'Fewer', kind: 'fewer-left', left: 2 },
      { name: 'Dearer', kind: 'price-changed', from: 1000, to: 1200 },
      { name: 'Draft', kind: 'no-longer-sold' },
      { name: 'Deleted', kind: 'no-longer-sold' },
      { name: 'On request', kind: 'no-longer-sold' },
    ],
  })
  expect(await getCart(shopper)).toMatchObject({
    isReady: true,
    lines: [
      { title: 'Fewer', quantity: 2, notices: [] },
      { title: 'Dearer', quantity: 1, notices: [] },
    ],
  })
})

test('a full cart takes no further variants', async () => {
  const pot = await createProduct({ title: 'Pot' })
  const token = await createOrderOf(pot)
  const shelf = await Promise.all(Array.from({ length: 100 }, () => createProduct()))
  const shopper = await createGuest(...shelf)
  expect(await reorder({ shopper, token })).toEqual({
    ok: true,
    added: 0,
    isInCart: false,
    notes: [{ name: 'Pot', kind: 'cart-full' }],
  })
})

test('an unknown token and an ended session are refused', async () => {
  const token = await createOrderOf(await createProduct())
  const shopper = await createGuest()
  expect(await reorder({ shopper, token: 'nobody-has-this-token-' })).toEqual({
    ok: false,
    reason: 'not-found',
  })
  const gone = { sessionId: 999_999_999, userId: null }
  expect(await reorder({ shopper: gone, token })).toEqual({ ok: false, reason: 'session-expired' })
})

test('ten concurrent reorders add the order once', async () => {
  const pot = await createProduct({ stock: 100 })
  const token = await createOrderOf({ ...pot, quantity: 2 })
  // The cart exists already: creating it would serialize the requests by itself.
  const shopper = await createGuest({ ...pot, quantity: 1 })
  const results = await Promise.all(Array.from({ length: 10 }, () => reorder({ shopper, token })))
  expect(results.map((result) => result.ok && result.added).sort()).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
  expect(await getCart(shopper)).toMatchObject({ count: 2, version: 3 })
})

test('a price in another currency is not reported as a change', async () => {
  const pot = await createProduct({ price: 1000 })
  const token = await createOrderOf(pot)
  await changePrice(pot.variantId, 1200)
  await db
    .update(orders)
    .set({ currency: 'USD' })
    .where(sql`${orders.token} = ${token}`)
  expect(await reorder({ shopper: await createGuest(), token })).toMatchObject({ added: 1, notes: [] })
})
