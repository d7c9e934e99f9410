import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { carts, products, sessions, settings } from '#db/schema/index.ts'
import { aGuest, aProduct, olgaOpensHerShop } from '#tests/support/cast.ts'
import { startGuestSession } from '#app/domain/accounts/sessions.server.ts'
import { addToCart, type NewGuest, setLineQuantity } from './cart.server.ts'
import { getCart } from './get-cart.server.ts'

test('adds up, says how many more there are, and goes up a version with each change', async () => {
  const { variantId } = await aProduct({ stock: 5 })
  const shopper = await aGuest({ variantId, quantity: 2 })
  expect(await addToCart({ shopper, variantId, quantity: 4 })).toEqual({
    ok: false,
    reason: 'too-many',
    left: 3,
  })
  expect(await addToCart({ shopper, variantId, quantity: 3 })).toMatchObject({
    ok: true,
    quantity: 5,
    version: 3,
  })
  expect(await getCart(shopper)).toMatchObject({ count: 5 })
})

test('a new guest has a session and a cart only with something in it', async () => {
  const { variantId } = await aProduct({ stock: 2 })
  const counted = async () => [await db.$count(sessions), await db.$count(carts)]
  const before = await counted()
  const begun: number[] = []
  const shopper: NewGuest = {
    async beginSession(tx) {
      const { id } = await startGuestSession('test', tx)
      begun.push(id)
      return { sessionId: id, userId: null }
    },
  }
  expect(await addToCart({ shopper, variantId, quantity: 3 })).toMatchObject({ reason: 'too-many', left: 2 })
  expect(await addToCart({ shopper, variantId: 999_999, quantity: 1 })).toMatchObject({ ok: false })
  expect(begun).toEqual([])
  expect(await counted()).toEqual(before)

  expect(await addToCart({ shopper, variantId, quantity: 2 })).toMatchObject({ ok: true, quantity: 2 })
  expect(await getCart({ sessionId: begun[0]!, userId: null })).toMatchObject({ count: 2 })
  expect(await counted()).toEqual(before.map((count) => count + 1))
})

test('a removed line says what was taken, so that it can be put back', async () => {
  const { variantId } = await aProduct({ title: 'Vase' })
  const shopper = await aGuest({ variantId, quantity: 2 })
  const removal = await setLineQuantity({ shopper, variantId, quantity: 0 })
  expect(removal).toMatchObject({ ok: true, removed: { variantId, quantity: 2, title: 'Vase' } })
  expect((await getCart(shopper))!.lines).toEqual([])
  expect(await setLineQuantity({ shopper, variantId, quantity: 1 })).toMatchObject({ reason: 'not-found' })
})

test('fewer than before is fine even while it is more than there is', async () => {
  const { variantId } = await aProduct({ stock: 5 })
  const shopper = await aGuest({ variantId, quantity: 5 })
  await db.execute(sql`with s as (update variants set stock = 1 where id = ${variantId})
    insert into stock_ledger (variant_id, delta, balance, reason) values (${variantId}, -4, 1, 'correction')`)
  const cart = await getCart(shopper)
  expect(cart).toMatchObject({ isReady: false, lines: [{ notices: [{ kind: 'fewer-left', left: 1 }] }] })
  const set = (quantity: number) => setLineQuantity({ shopper, variantId, quantity })
  expect(await set(3)).toMatchObject({ ok: true })
  expect(await set(4)).toEqual({ ok: false, reason: 'too-many', left: 1 })
})

test('refuses a draft, a variant without a price, and what is sold out', async () => {
  const shopper = await aGuest()
  const draft = await aProduct()
  await db.update(products).set({ status: 'draft' }).where(eq(products.id, draft.productId))
  const onRequest = await aProduct({ price: null })
  const soldOut = await aProduct({ stock: 0 })
  const add = (variantId: number) => addToCart({ shopper, variantId, quantity: 1 })
  expect(await add(draft.variantId)).toMatchObject({ reason: 'not-found' })
  expect(await add(onRequest.variantId)).toMatchObject({ reason: 'not-for-sale' })
  expect(await add(soldOut.variantId)).toMatchObject({ reason: 'sold-out' })
  expect(await add(999_999)).toMatchObject({ reason: 'not-found' })
})

test('holds at most 100 different variants', async () => {
  const shelf = await Promise.all(Array.from({ length: 101 }, () => aProduct()))
  const shopper = await aGuest(...shelf.slice(0, 100))
  const more = await addToCart({ shopper, variantId: shelf[100]!.variantId, quantity: 1 })
  expect(more).toMatchObject({ reason: 'cart-full' })
})

test('additions from several tabs at once all count', async () => {
  const { variantId } = await aProduct({ stock: 20 })
  const shopper = await aGuest()
  await Promise.all(Array.from({ length: 20 }, () => addToCart({ shopper, variantId, quantity: 1 })))
  expect(await getCart(shopper)).toMatchObject({ count: 20, version: 21, lines: [{ quantity: 20 }] })
})

test('the low-stock threshold is the shop’s own', async () => {
  await olgaOpensHerShop()
  const shopper = await aGuest(await aProduct({ stock: 3 }))
  expect((await getCart(shopper))!.lines[0]!.availability).toEqual({ kind: 'low', left: 3 })
  await db.update(settings).set({ lowStockThreshold: 2 })
  expect((await getCart(shopper))!.lines[0]!.availability).toEqual({ kind: 'in-stock' })
})
