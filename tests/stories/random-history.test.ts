import { eq, isNull } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { addToCart, setLineQuantity } from '#app/domain/cart/cart.server.ts'
import { removeCode } from '#app/domain/cart/codes.server.ts'
import { mergeCarts } from '#app/domain/cart/merge-carts.server.ts'
import type { Shopper } from '#app/domain/cart/cart.ts'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { cancelOrder } from '#app/domain/billing/cancel-order.server.ts'
import { applyCode } from '#app/domain/promotions/apply-code.server.ts'
import { readSettings } from '#app/domain/settings/settings.server.ts'
import { db, transaction } from '#db/client.ts'
import { orders, promotionCodes, promotions, settings as settingsTable } from '#db/schema/index.ts'
import { createGuest, createProduct, createShop, createUser, filledForm, now } from '#tests/support/cast.ts'
import { findInvariantViolations } from '#tests/support/invariants.ts'
import { createPromotion, createTaxRate, createZone } from '#tests/support/pricing.ts'

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
const steps = 40
const atOnce = 6

/** Numbers from 0 to below 1; the same for the same seed (mulberry32). */
function createRandom(start: number) {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

test(`carts, codes, orders and cancellations in a random order keep the invariants; SEED=${seed}`, async () => {
  const random = createRandom(seed)
  const pick = <T>(some: readonly T[]): T => some[Math.floor(random() * some.length)]!
  const { olga } = await createShop()
  const goods = await Promise.all(
    [333, 999, 1_005, 2_450].map((price, index) =>
      createProduct({ price, stock: 60, requiresShipping: index > 0, weightGrams: 400 * index }),
    ),
  )
  const codes = ['TEN', 'FIVE', 'ONCE', 'FIRST', 'MINE', 'GENERATED', 'UNKNOWN']
  await createPromotion({ code: 'TEN', title: 'Ten' })
  await createPromotion({ code: 'FIVE', title: 'Five', kind: 'fixed', amount: 500, isCombinable: false })
  await createPromotion({ code: 'ONCE', title: 'Once', usageLimit: 2 })
  await createPromotion({ code: 'FIRST', title: 'First', isFirstOrderOnly: true })
  await createPromotion({ code: 'MINE', title: 'Mine', limitPerCustomer: 1 })
  const { id: promotionId } = await createPromotion({ title: 'Generated', percent: 3_333 })
  await db.insert(promotionCodes).values({ promotionId, code: 'GENERATED' })
  await createPromotion({
    ...{ title: '3 for 2', kind: 'buy-x-get-y', isAutomatic: true, percent: 10_000 },
    ...{ buyQuantity: 2, getQuantity: 1, items: [{ productId: goods[1]!.productId }] },
  })
  await createPromotion({
    ...{ title: 'Free shipping', kind: 'free-shipping', isAutomatic: true, minSubtotal: 6_000 },
  })
  await createZone(
    [{ country: 'IE' }],
    [
      { title: 'Post', rate: 490 },
      { title: 'Pick up', isPickup: true },
    ],
  )
  await createTaxRate('IE', 23)

  const { id: userId } = await createUser()
  const guests = await Promise.all(Array.from({ length: 4 }, () => createGuest()))
  const customer: Shopper = { sessionId: (await createGuest()).sessionId, userId }
  const shoppers = [...guests, customer]
  const emails = ['ann.lee@gmail.com', 'AnnLee+1@googlemail.com', 'bo@example.com']
  const counts = new Map<string, number>()

  const actions = {
    add: () => addToCart({ shopper: pick(shoppers), ...pick(goods), quantity: 1 + Math.floor(random() * 3) }),
    set: () =>
      setLineQuantity({ shopper: pick(shoppers), ...pick(goods), quantity: Math.floor(random() * 4) }),
    apply: () => applyCode({ shopper: pick(shoppers), code: pick(codes), now }),
    remove: () => removeCode({ shopper: pick(shoppers), code: pick(codes) }),
    place: async () => {
      const [shopper, email, settings] = [pick(shoppers), pick(emails), (await readSettings())!]
      const placed = await placeOrder({
        ...{ shopper, settings, now },
        form: await filledForm(shopper, settings, { email }),
      })
      if (placed.ok) counts.set('orders', (counts.get('orders') ?? 0) + 1)
    },
    cancel: async () => {
      const open = await db.select().from(orders).where(isNull(orders.canceledAt))
      const order = open.length > 0 ? pick(open) : null
      if (order) await cancelOrder({ orderId: order.id, version: order.version, reason: '', by: olga })
    },
    merge: () => transaction((tx) => mergeCarts(tx, { sessionId: pick(guests).sessionId, userId })),
    changeRules: async () => {
      const endsAt = random() < 0.5 ? null : now
      await db
        .update(promotions)
        .set({ endsAt })
        .where(eq(promotions.title, pick(['Ten', '3 for 2'])))
      await db.update(settingsTable).set({ pricesIncludeTax: random() < 0.5 })
    },
  }
  const names = Object.keys(actions) as (keyof typeof actions)[]
  const likely = [...names, 'add', 'add', 'apply', 'apply', 'place', 'place', 'place'] as const
  for (let step = 0; step < steps; step += 1) {
    const chosen = Array.from({ length: atOnce }, () => pick(likely))
    await Promise.all(chosen.map((name) => actions[name]()))
    const violations = await findInvariantViolations()
    expect(violations, `SEED=${seed}, step ${step}: ${chosen.join()}`).toEqual([])
  }
  expect(counts.get('orders') ?? 0, `orders of SEED=${seed}`).toBeGreaterThan(5)
})
