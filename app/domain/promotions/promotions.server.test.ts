import { eq } from 'drizzle-orm'
import { afterEach, describe, expect, test } from 'vitest'
import { mergeCarts } from '#app/domain/cart/merge-carts.server.ts'
import { getCart } from '#app/domain/cart/get-cart.server.ts'
import type { Shopper } from '#app/domain/cart/cart.ts'
import { getCheckout } from '#app/domain/checkout/checkout.server.ts'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { cancelOrder } from '#app/domain/billing/cancel-order.server.ts'
import { db, transaction } from '#db/client.ts'
import {
  collectionProducts,
  collections,
  orderLines,
  orders,
  products,
  promotionCodes,
  promotionRedemptions,
  promotions,
} from '#db/schema/index.ts'
import { createGuest, createProduct, createShop, createUser, filledForm, now } from '#tests/support/cast.ts'
import { createPromotion, endPromotions } from '#tests/support/pricing.ts'
import { removeCode } from '#app/domain/cart/codes.server.ts'
import { applyCode } from './apply-code.server.ts'

afterEach(endPromotions)

let count = 0
const newCode = () => `CODE${(count += 1)}`

async function apply(shopper: Shopper, code: string) {
  return applyCode({ shopper, code, now })
}

async function promotionsOf(shopper: Shopper) {
  const { settings } = await createShop()
  return (await getCheckout({ shopper, settings, now }))!.promotions
}

async function place(shopper: Shopper, changes: Parameters<typeof filledForm>[2] = {}) {
  const { settings } = await createShop()
  const form = await filledForm(shopper, settings, changes)
  return placeOrder({ shopper, form, settings, now })
}

/** A guest with one item for 20.00 and this code. */
async function guestWith(code: string): Promise<Shopper> {
  const shopper = await createGuest(await createProduct({ price: 2_000, stock: 100 }))
  expect(await apply(shopper, code)).toMatchObject({ ok: true })
  return shopper
}

describe('a code', () => {
  test('is applied however it is typed, once, and removed', async () => {
    const code = newCode()
    await createPromotion({ code })
    const shopper = await guestWith(` ${code.toLowerCase()} `)
    expect(await apply(shopper, code)).toMatchObject({ ok: true, code })
    expect((await getCart(shopper))!.codes).toEqual([code])
    expect(await promotionsOf(shopper)).toMatchObject({ applied: [{ code, amount: 200 }], refused: [] })
    await removeCode({ shopper, code })
    expect(await promotionsOf(shopper)).toMatchObject({ applied: [], refused: [] })
  })

  test('is refused when there is no such promotion, or it is not active', async () => {
    const shopper = await createGuest(await createProduct())
    const day = 86_400_000
    const cases = [
      [{ startsAt: new Date(now.getTime() + 1) }, 'not-started'],
      [{ startsAt: new Date(now.getTime() - day), endsAt: now }, 'expired'],
    ] as const
    for (const [dates, reason] of cases) {
      const code = newCode()
      await createPromotion({ code, ...dates })
      expect(await apply(shopper, code)).toEqual({ ok: false, reason })
    }
    expect(await apply(shopper, 'NOPE')).toEqual({ ok: false, reason: 'unknown-code' })
    expect((await getCart(shopper))!.codes).toEqual([])
  })

  test('stays on the cart until its conditions are met, and says what is missing', async () => {
    const code = newCode()
    await createPromotion({ code, minSubtotal: 2_800 })
    const shopper = await guestWith(code)
    expect(await promotionsOf(shopper)).toMatchObject({
      applied: [],
      refused: [{ code, reason: 'minimum-subtotal', missing: 800 }],
    })
  })

  test('at most five fit on a cart', async () => {
    const shopper = await createGuest(await createProduct())
    for (let index = 0; index < 6; index += 1) {
      const code = newCode()
      await createPromotion({ code })
      expect((await apply(shopper, code)).ok).toBe(index < 5)
    }
  })

  test('survives signing in: the guest’s codes join those of the account', async () => {
    const [mine, theirs] = [newCode(), newCode()]
    await createPromotion({ code: mine })
    await createPromotion({ code: theirs })
    const guest = await guestWith(mine)
    const { id: userId } = await createUser()
    const customer = { sessionId: 0, userId }
    expect(await apply(customer, theirs)).toMatchObject({ ok: true })
    await transaction((tx) => mergeCarts(tx, { sessionId: guest.sessionId, userId }))
    expect((await getCart(customer))!.codes).toEqual([mine, theirs])
  })

  test('that was deleted since is named', async () => {
    const code = newCode()
    const { id } = await createPromotion({ code })
    const shopper = await guestWith(code)
    await db.delete(promotions).where(eq(promotions.id, id))
    expect(await promotionsOf(shopper)).toMatchObject({ refused: [{ code, reason: 'unknown-code' }] })
  })
})

describe('a promotion', () => {
  test('without a code applies by itself, to chosen products only', async () => {
    const chosen = await createProduct({ price: 1_000 })
    const other = await createProduct({ price: 500 })
    await createPromotion({ isAutomatic: true, items: [{ productId: chosen.productId }] })
    const shopper = await createGuest(chosen, other)
    expect(await promotionsOf(shopper)).toMatchObject({ applied: [{ code: null, amount: 100 }] })
  })

  test('is about the products of collections, by hand and by conditions', async () => {
    const [byHand, byType, byTag, neither] = await Promise.all(
      [1_000, 2_000, 4_000, 8_000].map((price) => createProduct({ price })),
    )
    await db.update(products).set({ type: 'LAMP' }).where(eq(products.id, byType!.productId))
    await db
      .update(products)
      .set({ tags: ['New', 'Sale'] })
      .where(eq(products.id, byTag!.productId))
    const base = { title: 'C', publishedAt: now }
    const [manual, lamps, sale] = await db
      .insert(collections)
      .values([
        { ...base, handle: `manual-${count}` },
        { ...base, handle: `lamps-${count}`, kind: 'rule', rules: [{ field: 'type', value: 'Lamp' }] },
        {
          ...base,
          ...{ handle: `sale-${count}`, kind: 'rule', match: 'all' },
          rules: [
            { field: 'tag', value: 'sale' },
            { field: 'tag', value: 'NEW' },
          ],
        },
      ])
      .returning({ id: collections.id })
    await db.insert(collectionProducts).values({ collectionId: manual!.id, productId: byHand!.productId })
    const items = [manual!, lamps!, sale!].map(({ id }) => ({ collectionId: id }))
    await createPromotion({ isAutomatic: true, items })
    const shopper = await createGuest(byHand!, byType!, byTag!, neither!)
    expect(await promotionsOf(shopper)).toMatchObject({ applied: [{ amount: 700 }] })
  })

  test('is kept on the order: total, redemption, and the discount of each line', async () => {
    const code = newCode()
    const { id } = await createPromotion({ code })
    const [dear, cheap] = [await createProduct({ price: 1_005 }), await createProduct({ price: 995 })]
    const shopper = await createGuest(dear, cheap)
    await apply(shopper, code)
    const placed = await place(shopper)
    if (!placed.ok) throw new Error(placed.reason)
    const { orderId } = placed
    const [order] = await db.select().from(orders).where(eq(orders.id, orderId))
    expect(order).toMatchObject({ subtotal: 2_000, discountTotal: 200, total: 1_800 + 490 })
    expect(order!.priceBreakdown).toContainEqual({
      kind: 'discount',
      label: `Spring sale (${code})`,
      amount: -200,
    })
    const lines = await db.select().from(orderLines).where(eq(orderLines.orderId, orderId))
    expect(lines.map(({ discountTotal }) => discountTotal)).toEqual([101, 99])
    const redeemed = await db
      .select()
      .from(promotionRedemptions)
      .where(eq(promotionRedemptions.orderId, orderId))
    expect(redeemed).toMatchObject([{ promotionId: id, code, amount: 200, releasedAt: null }])
    expect((await getCart(shopper))!.codes).toEqual([])
  })

  test('that ended since the form was shown changes the total, which is refused', async () => {
    const code = newCode()
    const { id } = await createPromotion({ code })
    const shopper = await guestWith(code)
    const { settings } = await createShop()
    const form = await filledForm(shopper, settings)
    await db.update(promotions).set({ endsAt: now }).where(eq(promotions.id, id))
    expect(await placeOrder({ shopper, form, settings, now })).toEqual({ ok: false, reason: 'total-changed' })
  })

  test('of free shipping is limited to a rate, and kept as a discount on shipping', async () => {
    const code = newCode()
    await createPromotion({ kind: 'free-shipping', code, maxRate: 490 })
    const placed = await place(await guestWith(code))
    if (!placed.ok) throw new Error(placed.reason)
    const [order] = await db.select().from(orders).where(eq(orders.id, placed.orderId))
    expect(order).toMatchObject({ discountTotal: 0, shippingTotal: 490, shippingDiscount: 490, total: 2_000 })
  })

  test('of everything makes an order without payment, which is paid', async () => {
    const code = newCode()
    await createPromotion({ code, percent: 10_000 })
    await createPromotion({ kind: 'free-shipping', isAutomatic: true })
    const placed = await place(await guestWith(code))
    if (!placed.ok) throw new Error(placed.reason)
    const [order] = await db.select().from(orders).where(eq(orders.id, placed.orderId))
    expect(order).toMatchObject({ total: 0, paymentMethod: 'none', paymentState: 'paid' })
  })
})

describe('a limit', () => {
  test('of all uses is released when an order is canceled', async () => {
    const code = newCode()
    await createPromotion({ code, usageLimit: 1 })
    const { olga } = await createShop()
    const [first, second] = [await guestWith(code), await guestWith(code)]
    const placed = await place(first)
    if (!placed.ok) throw new Error(placed.reason)
    expect(await promotionsOf(second)).toMatchObject({ refused: [{ reason: 'used-up' }] })
    const third = await createGuest(await createProduct())
    expect(await apply(third, code)).toEqual({ ok: false, reason: 'used-up' })
    await cancelOrder({ orderId: placed.orderId, version: 1, reason: '', by: olga })
    expect(await apply(third, code)).toMatchObject({ ok: true })
    expect(await promotionsOf(second)).toMatchObject({ applied: [{ code }] })
  })

  test('of one customer counts all spellings of a mailbox, and orders of the account', async () => {
    const code = newCode()
    await createPromotion({ code, limitPerCustomer: 1 })
    expect(await place(await guestWith(code), { email: 'Ann.Lee+a@gmail.com' })).toMatchObject({ ok: true })
    const { settings } = await createShop()
    const quoteFor = async (email: string) => {
      const form = { country: 'IE', region: '', vatNumber: '', email }
      return (await getCheckout({ shopper: await guestWith(code), settings, now, form }))!.promotions
    }
    for (const email of ['annlee@googlemail.com', 'ANNLEE+b@gmail.com'])
      expect(await quoteFor(email)).toMatchObject({ refused: [{ reason: 'used-by-customer' }] })
    expect(await quoteFor('ann.lee@example.com')).toMatchObject({ applied: [{ code }] })

    const { id: userId } = await createUser()
    const customer = { sessionId: (await createGuest()).sessionId, userId }
    const fill = async () => {
      const { addToCart } = await import('#app/domain/cart/cart.server.ts')
      await addToCart({ shopper: customer, ...(await createProduct({ price: 2_000 })), quantity: 1 })
      await apply(customer, code)
    }
    await fill()
    expect(await place(customer, { email: 'another@example.com' })).toMatchObject({ ok: true })
    await fill()
    expect(await promotionsOf(customer)).toMatchObject({ refused: [{ reason: 'used-by-customer' }] })
  })

  test('to first orders counts any order that was not canceled', async () => {
    const code = newCode()
    await createPromotion({ code, isFirstOrderOnly: true })
    const { settings, olga } = await createShop()
    const email = 'first@example.com'
    const plain = await createGuest(await createProduct())
    const placed = await place(plain, { email })
    if (!placed.ok) throw new Error(placed.reason)
    const form = { country: 'IE', region: '', vatNumber: '', email }
    const shopper = await guestWith(code)
    const quote = async () => (await getCheckout({ shopper, settings, now, form }))!.promotions
    expect(await quote()).toMatchObject({ refused: [{ reason: 'first-order-only' }] })
    await cancelOrder({ orderId: placed.orderId, version: 1, reason: '', by: olga })
    expect(await quote()).toMatchObject({ applied: [{ code }] })
  })

  test('of a generated code is one order', async () => {
    const { id } = await createPromotion()
    const [code, other] = [newCode(), newCode()]
    await db.insert(promotionCodes).values([code, other].map((one) => ({ promotionId: id, code: one })))
    const shopper = await guestWith(code)
    // Two codes of one promotion count once.
    await apply(shopper, other)
    expect(await promotionsOf(shopper)).toMatchObject({
      applied: [{ code }],
      refused: [{ code: other, reason: 'no-effect' }],
    })
    expect(await place(shopper)).toMatchObject({ ok: true })
    expect(await apply(shopper, code)).toEqual({ ok: false, reason: 'used-up' })
    expect(await apply(shopper, other)).toMatchObject({ ok: true })
  })
})
