import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { db } from '#db/client.ts'
import { orders, products, sessions } from '#db/schema/index.ts'
import {
  aGuest,
  aPerson,
  aProduct,
  filledForm,
  now,
  olgaOpensHerShop,
  priceBecomes,
  signIn,
  stockBecomes,
} from '#tests/support/cast.ts'
import { findSession, startGuestSession } from '#app/domain/accounts/sessions.server.ts'
import { addToCart, type NewGuest } from './cart.server.ts'
import { getCart } from './get-cart.server.ts'
import { reorder } from './reorder.server.ts'

/** A guest orders these, and gets the receipt's token. */
async function anOrderOf(...wanted: { variantId: number; quantity?: number }[]): Promise<string> {
  const { settings } = await olgaOpensHerShop()
  const shopper = await aGuest(...wanted)
  const placed = await placeOrder({ shopper, form: await filledForm(shopper, settings), settings, now })
  if (!placed.ok) throw new Error(placed.reason)
  return placed.token
}

async function aCustomer() {
  const { id } = await aPerson()
  const session = await findSession(await signIn(id))
  return { sessionId: session!.id, userId: id }
}

test('what was ordered is in the cart again, and a second press adds nothing', async () => {
  const [pot, vase] = [await aProduct({ title: 'Pot' }), await aProduct({ title: 'Vase' })]
  const token = await anOrderOf({ ...pot, quantity: 2 }, vase)
  const shopper = await aCustomer()
  expect(await reorder({ shopper, token })).toEqual({ ok: true, added: 3, isInCart: true, notes: [] })
  const cart = await getCart(shopper)
  expect(cart!.lines).toMatchObject([
    { title: 'Pot', quantity: 2 },
    { title: 'Vase', quantity: 1 },
  ])
  expect(await reorder({ shopper, token })).toEqual({ ok: true, added: 0, isInCart: true, notes: [] })
  expect(await getCart(shopper)).toEqual(cart)
})

test('a new guest has a session only if there is something to add', async () => {
  const { olga } = await olgaOpensHerShop()
  const pot = await aProduct()
  const token = await anOrderOf(pot)
  const begun: number[] = []
  const shopper: NewGuest = {
    async beginSession(tx) {
      const { id } = await startGuestSession('test', tx)
      begun.push(id)
      return { sessionId: id, userId: null }
    },
  }
  await stockBecomes(pot.variantId, 0, olga)
  const before = await db.$count(sessions)
  expect(await reorder({ shopper, token })).toMatchObject({ ok: true, added: 0, isInCart: false })
  expect(await reorder({ shopper, token: 'nobody-has-this-token-' })).toMatchObject({ ok: false })
  expect(await db.$count(sessions)).toBe(before)

  await stockBecomes(pot.variantId, 5, olga)
  expect(await reorder({ shopper, token })).toMatchObject({ added: 1 })
  expect(begun).toHaveLength(1)
  expect(await getCart({ sessionId: begun[0]!, userId: null })).toMatchObject({ count: 1 })
})

test('what is in the cart already counts, and is never made less', async () => {
  const pot = await aProduct()
  const token = await anOrderOf({ ...pot, quantity: 2 })
  const shopper = await aGuest({ ...pot, quantity: 1 })
  expect(await reorder({ shopper, token })).toMatchObject({ added: 1 })
  await addToCart({ shopper, variantId: pot.variantId, quantity: 3 })
  expect(await reorder({ shopper, token })).toMatchObject({ added: 0 })
  expect(await getCart(shopper)).toMatchObject({ count: 5 })
})

test('tells what is sold out, fewer, dearer or gone, and puts no more into the cart than there is', async () => {
  const { olga } = await olgaOpensHerShop()
  const soldOut = await aProduct({ title: 'Sold out' })
  const fewer = await aProduct({ title: 'Fewer' })
  const dearer = await aProduct({ title: 'Dearer', price: 1000 })
  const draft = await aProduct({ title: 'Draft' })
  const deleted = await aProduct({ title: 'Deleted', stock: 0, trackStock: false })
  const onRequest = await aProduct({ title: 'On request' })
  const token = await anOrderOf(soldOut, { ...fewer, quantity: 5 }, dearer, draft, deleted, onRequest)
  await stockBecomes(soldOut.variantId, 0, olga)
  await stockBecomes(fewer.variantId, 2, olga)
  await priceBecomes(dearer.variantId, 1200)
  await db.update(products).set({ status: 'draft' }).where(eq(products.id, draft.productId))
  await db.delete(products).where(eq(products.id, deleted.productId))
  await priceBecomes(onRequest.variantId, null)
  const shopper = await aGuest()
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

test('a full cart takes no further kinds of things', async () => {
  const pot = await aProduct({ title: 'Pot' })
  const token = await anOrderOf(pot)
  const shelf = await Promise.all(Array.from({ length: 100 }, () => aProduct()))
  const shopper = await aGuest(...shelf)
  expect(await reorder({ shopper, token })).toEqual({
    ok: true,
    added: 0,
    isInCart: false,
    notes: [{ name: 'Pot', kind: 'cart-full' }],
  })
})

test('an unknown token and a session that is over are refused', async () => {
  const token = await anOrderOf(await aProduct())
  const shopper = await aGuest()
  expect(await reorder({ shopper, token: 'nobody-has-this-token-' })).toEqual({
    ok: false,
    reason: 'not-found',
  })
  const gone = { sessionId: 999_999_999, userId: null }
  expect(await reorder({ shopper: gone, token })).toEqual({ ok: false, reason: 'session-over' })
})

test('ten presses at once put the order into the cart once', async () => {
  const pot = await aProduct({ stock: 100 })
  const token = await anOrderOf({ ...pot, quantity: 2 })
  // The cart is there already: making it would let them wait for each other by itself.
  const shopper = await aGuest({ ...pot, quantity: 1 })
  const results = await Promise.all(Array.from({ length: 10 }, () => reorder({ shopper, token })))
  expect(results.map((result) => result.ok && result.added).sort()).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
  expect(await getCart(shopper)).toMatchObject({ count: 2, version: 3 })
})

test('a price in another currency is not called a change', async () => {
  const pot = await aProduct({ price: 1000 })
  const token = await anOrderOf(pot)
  await priceBecomes(pot.variantId, 1200)
  await db
    .update(orders)
    .set({ currency: 'USD' })
    .where(sql`${orders.token} = ${token}`)
  expect(await reorder({ shopper: await aGuest(), token })).toMatchObject({ added: 1, notes: [] })
})
