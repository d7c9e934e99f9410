import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { carts, products, sessions, settings } from '#db/schema/index.ts'
import { createGuest, createProduct, createProductWithOptions, createShop } from '#tests/support/cast.ts'
import { startGuestSession } from '#app/domain/accounts/sessions.server.ts'
import { addToCart, findVariant, type NewGuest, setLineQuantity } from './cart.server.ts'
import { getCart } from './get-cart.server.ts'

test('addToCart adds quantities, says how many more are available, and increments the version', async () => {
  const { variantId } = await createProduct({ stock: 5 })
  const shopper = await createGuest({ variantId, quantity: 2 })
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

test('a new guest gets a session and a cart only when something is added', async () => {
  const { variantId } = await createProduct({ stock: 2 })
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

test('a removed line returns what was removed, so that it can be restored', async () => {
  const { variantId } = await createProduct({ title: 'Vase' })
  const shopper = await createGuest({ variantId, quantity: 2 })
  const removal = await setLineQuantity({ shopper, variantId, quantity: 0 })
  expect(removal).toMatchObject({ ok: true, removed: { variantId, quantity: 2, title: 'Vase' } })
  expect((await getCart(shopper))!.lines).toEqual([])
  expect(await setLineQuantity({ shopper, variantId, quantity: 1 })).toMatchObject({ reason: 'not-found' })
})

test('a smaller quantity is accepted even while it exceeds the stock', async () => {
  const { variantId } = await createProduct({ stock: 5 })
  const shopper = await createGuest({ variantId, quantity: 5 })
  await db.execute(sql`with s as (update variants set stock = 1 where id = ${variantId})
    insert into stock_ledger (variant_id, delta, balance, reason) values (${variantId}, -4, 1, 'correction')`)
  const cart = await getCart(shopper)
  expect(cart).toMatchObject({ isReady: false, lines: [{ notices: [{ kind: 'fewer-left', left: 1 }] }] })
  const set = (quantity: number) => setLineQuantity({ shopper, variantId, quantity })
  expect(await set(3)).toMatchObject({ ok: true })
  expect(await set(4)).toEqual({ ok: false, reason: 'too-many', left: 1 })
})

test('addToCart refuses a draft, a variant without a price, and a sold-out one', async () => {
  const shopper = await createGuest()
  const draft = await createProduct()
  await db.update(products).set({ status: 'draft' }).where(eq(products.id, draft.productId))
  const onRequest = await createProduct({ price: null })
  const soldOut = await createProduct({ stock: 0 })
  const add = (variantId: number) => addToCart({ shopper, variantId, quantity: 1 })
  expect(await add(draft.variantId)).toMatchObject({ reason: 'not-found' })
  expect(await add(onRequest.variantId)).toMatchObject({ reason: 'not-for-sale' })
  expect(await add(soldOut.variantId)).toMatchObject({ reason: 'sold-out' })
  expect(await add(999_999)).toMatchObject({ reason: 'not-found' })
})

test('a cart holds at most 100 different variants', async () => {
  const shelf = await Promise.all(Array.from({ length: 101 }, () => createProduct()))
  const shopper = await createGuest(...shelf.slice(0, 100))
  const more = await addToCart({ shopper, variantId: shelf[100]!.variantId, quantity: 1 })
  expect(more).toMatchObject({ reason: 'cart-full' })
})

test('concurrent additions from several tabs all count', async () => {
  const { variantId } = await createProduct({ stock: 20 })
  const shopper = await createGuest()
  await Promise.all(Array.from({ length: 20 }, () => addToCart({ shopper, variantId, quantity: 1 })))
  expect(await getCart(shopper)).toMatchObject({ count: 20, version: 21, lines: [{ quantity: 20 }] })
})

test('the low-stock threshold is the shop’s setting', async () => {
  await createShop()
  const shopper = await createGuest(await createProduct({ stock: 3 }))
  expect((await getCart(shopper))!.lines[0]!.availability).toEqual({ kind: 'low', left: 3 })
  await db.update(settings).set({ lowStockThreshold: 2 })
  expect((await getCart(shopper))!.lines[0]!.availability).toEqual({ kind: 'in-stock' })
})

test('findVariant selects by option values, else by id, else the first that can be bought', async () => {
  const { handle, variantIds } = await createProductWithOptions({
    title: 'Stool',
    optionNames: ['Color', 'Height'],
    versions: [{ values: ['Oak', 'Low'], stock: 0 }, { values: ['Oak', 'High'] }, { values: ['Ash', 'Low'] }],
  })
  const [soldOut, high, ash] = variantIds
  const find = (values: string[], variantId?: number) => findVariant({ product: handle, values, variantId })
  expect(await find(['Oak', 'Low', ''], ash)).toEqual({ variantId: soldOut })
  expect(await find(['Oak', '', ''], ash)).toEqual({ variantId: high })
  expect(await find(['Ash', 'Low', 'beyond the options'])).toEqual({ variantId: ash })
  expect(await find(['', '', ''], soldOut)).toEqual({ variantId: soldOut })
  expect(await find(['', '', ''])).toEqual({ variantId: high })
  expect(await find(['', '', ''], 999_999)).toEqual({ variantId: high })
  expect(await find(['Ash', 'High', ''], ash)).toEqual({ variantId: null })
})

test('findVariant finds nothing of a product that shoppers cannot see', async () => {
  const { productId, variantId, handle } = await createProduct()
  await db.update(products).set({ status: 'draft' }).where(eq(products.id, productId))
  expect(await findVariant({ product: handle, values: [], variantId })).toBeNull()
})
