import { and, count, eq, isNull } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import type { Shopper } from '#app/domain/cart/cart.ts'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { removeCode } from '#app/domain/cart/codes.server.ts'
import { applyCode } from '#app/domain/promotions/apply-code.server.ts'
import { db } from '#db/client.ts'
import { orders, promotionCodes, promotionRedemptions } from '#db/schema/index.ts'
import { createGuest, createProduct, createShop, filledForm, now } from '#tests/support/cast.ts'
import { createPromotion, endPromotions } from '#tests/support/pricing.ts'

afterEach(endPromotions)

/** Guests who have an item and this code in their carts, and the forms that show them the discount. */
async function prepareBuyers(code: string, emails: string[]) {
  const { settings } = await createShop()
  return Promise.all(
    emails.map(async (email) => {
      // A product each: buyers of one product would wait for each other.
      const shopper = await createGuest(await createProduct({ price: 2_000 }))
      await applyCode({ shopper, code, now })
      return { shopper, form: await filledForm(shopper, settings, { email }), settings, now }
    }),
  )
}

async function placeAll(buyers: Awaited<ReturnType<typeof prepareBuyers>>) {
  const results = await Promise.all(buyers.map((buyer) => placeOrder(buyer)))
  return {
    placed: results.filter((result) => result.ok).length,
    refused: results.flatMap((result) => (result.ok ? [] : [result.reason])),
  }
}

async function usesOf(promotionId: number): Promise<number> {
  const [row] = await db
    .select({ uses: count() })
    .from(promotionRedemptions)
    .where(and(eq(promotionRedemptions.promotionId, promotionId), isNull(promotionRedemptions.releasedAt)))
  return row!.uses
}

const mailboxes = (n: number) => Array.from({ length: n }, (_, index) => `buyer-${index}@example.com`)

test('of 50 checkouts with a code for one order, one uses it and the others see a changed total', async () => {
  const { id } = await createPromotion({ code: 'ONCE', usageLimit: 1 })
  const outcome = await placeAll(await prepareBuyers('ONCE', mailboxes(50)))
  expect(outcome).toEqual({ placed: 1, refused: Array.from({ length: 49 }, () => 'total-changed') })
  expect(await usesOf(id)).toBe(1)
})

test('a generated code is used once by 20 checkouts', async () => {
  const { id } = await createPromotion()
  await db.insert(promotionCodes).values({ promotionId: id, code: 'GENERATED' })
  expect(await placeAll(await prepareBuyers('GENERATED', mailboxes(20)))).toMatchObject({ placed: 1 })
  expect(await usesOf(id)).toBe(1)
})

test('one customer with many spellings of a mailbox uses a code once', async () => {
  const { id } = await createPromotion({ code: 'PERCUSTOMER', limitPerCustomer: 1 })
  const spellings = ['annlee', 'Ann.Lee', 'a.n.n.l.e.e', 'ANNLEE+x', 'ann.lee+shop'].flatMap((name) => [
    `${name}@gmail.com`,
    `${name}@GoogleMail.com`,
  ])
  const buyers = await prepareBuyers('PERCUSTOMER', [...spellings, 'ann.lee@example.com'])
  expect(await placeAll(buyers)).toMatchObject({ placed: 2 })
  expect(await usesOf(id)).toBe(2)
})

test('a promotion for first orders is used once by one customer', async () => {
  const { id } = await createPromotion({ code: 'FIRST', isFirstOrderOnly: true })
  const buyers = await prepareBuyers(
    'FIRST',
    Array.from({ length: 10 }, () => 'newcomer@example.com'),
  )
  expect(await placeAll(buyers)).toMatchObject({ placed: 1 })
  expect(await usesOf(id)).toBe(1)
})

test('a code that is removed while its order is placed: the order has the total that was shown, or none', async () => {
  await createPromotion({ code: 'GONE' })
  const buyers = await prepareBuyers('GONE', mailboxes(20))
  const remove = (shopper: Shopper) => removeCode({ shopper, code: 'GONE' })
  const results = await Promise.all(
    buyers.map(async (buyer, index) => {
      // Half of the removals are sent first.
      const removed = index % 2 ? remove(buyer.shopper) : undefined
      const placed = placeOrder(buyer)
      await (removed ?? remove(buyer.shopper))
      return placed
    }),
  )
  expect(new Set(results.map(({ ok }) => ok)).size).toBe(2)
  for (const result of results) {
    if (!result.ok) expect(result.reason).toBe('total-changed')
    else {
      const [order] = await db.select().from(orders).where(eq(orders.id, result.orderId))
      expect(order).toMatchObject({ discountTotal: 200, total: 1_800 + 490 })
    }
  }
})
