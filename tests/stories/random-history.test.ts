import { eq, isNull } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { addToCart, setLineQuantity } from '#app/domain/cart/cart.server.ts'
import { removeCode } from '#app/domain/cart/codes.server.ts'
import { mergeCarts } from '#app/domain/cart/merge-carts.server.ts'
import type { Shopper } from '#app/domain/cart/cart.ts'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { cancelOrder } from '#app/domain/billing/cancel-order.server.ts'
import { markPaid } from '#app/domain/billing/mark-paid.server.ts'
import { retryRefund } from '#app/domain/billing/retry-refund.server.ts'
import { sendRefund } from '#app/domain/billing/send-refund.server.ts'
import { createFulfillment } from '#app/domain/orders/create-fulfillment.server.ts'
import { cancelShipment } from '#app/domain/orders/shipments.server.ts'
import { answerReturn, cancelReturn, receiveReturn } from '#app/domain/returns/change-return.server.ts'
import { requestReturn } from '#app/domain/returns/request-return.server.ts'
import { applyCode } from '#app/domain/promotions/apply-code.server.ts'
import { readSettings } from '#app/domain/settings/settings.server.ts'
import { db, transaction } from '#db/client.ts'
import {
  orders,
  promotionCodes,
  promotions,
  refunds,
  refundTransfers,
  returns,
  settings as settingsTable,
} from '#db/schema/index.ts'
import {
  changePrice,
  createGuest,
  createProduct,
  createShop,
  createUser,
  filledForm,
  now,
} from '#tests/support/cast.ts'
import { findInvariantViolations } from '#tests/support/invariants.ts'
import { createRandom } from '#tests/support/random.ts'
import { consentActions, findWrongConsents } from '#tests/support/random-consents.ts'
import { draftActions } from '#tests/support/random-drafts.ts'
import { payByCard, readOrder, refund } from '#tests/support/payments.ts'
import { createRefundProvider } from '#tests/support/refund-provider.ts'
import { createPromotion, createTaxRate, createZone } from '#tests/support/pricing.ts'

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
const steps = 40
const atOnce = 6

test(`carts, codes, drafts, consents, orders, payments, refunds, shipments and returns in a random order keep the invariants; SEED=${seed}`, async () => {
  const random = createRandom(seed)
  const { pick, next, below } = random
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

  const { id: userId, email: ownEmail } = await createUser()
  await db.update(settingsTable).set({ remindsOfCarts: true })
  const guests = await Promise.all(Array.from({ length: 4 }, () => createGuest()))
  const customer: Shopper = { sessionId: (await createGuest()).sessionId, userId }
  const shoppers = [...guests, customer]
  const emails = ['ann.lee@gmail.com', 'annlee+1@googlemail.com', 'bo@example.com']
  const counts = new Map<string, number>()

  const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1)
  const refunding = createRefundProvider()
  const onOrder = async (change: (order: typeof orders.$inferSelect) => unknown) => {
    const some = await db.select().from(orders)
    if (some.length > 0) await change(pick(some))
  }

  const actions = {
    ...draftActions({ random, goods, codes, emails, by: olga, count }),
    ...consentActions({
      random,
      guests,
      emails: [...emails, ownEmail, 'cy@example.com', 'di@example.com'],
      count,
    }),
    add: () => addToCart({ shopper: pick(shoppers), ...pick(goods), quantity: 1 + below(3) }),
    set: () => setLineQuantity({ shopper: pick(shoppers), ...pick(goods), quantity: below(4) }),
    apply: () => applyCode({ shopper: pick(shoppers), code: pick(codes), now }),
    remove: () => removeCode({ shopper: pick(shoppers), code: pick(codes) }),
    place: async () => {
      const [shopper, email, settings] = [pick(shoppers), pick(emails), (await readSettings())!]
      const placed = await placeOrder({
        ...{ shopper, settings, now },
        form: await filledForm(shopper, settings, { email, acceptsMarketing: next() < 0.3 }),
      })
      if (placed.ok) count('orders')
    },
    cancel: async () => {
      const open = await db.select().from(orders).where(isNull(orders.canceledAt))
      const order = open.length > 0 ? pick(open) : null
      if (order) await cancelOrder({ orderId: order.id, version: order.version, reason: '', by: olga })
    },
    pay: () => onOrder(({ id, version }) => markPaid({ orderId: id, version, reference: '', by: olga })),
    payByCard: () =>
      onOrder(({ id, total }) => (total > 0 && next() < 0.5 ? payByCard(id, total) : undefined)),
    refund: () =>
      onOrder(async ({ id, receivedTotal, shippingTotal }) => {
        const { lines } = await readOrder(id)
        const chosen = lines.map((line) => ({
          ...{ orderLineId: line.id, restock: next() < 0.5, isShipped: next() < 0.3 },
          quantity: below(line.quantity - line.refundedQuantity + 1),
        }))
        const extra = next() < 0.3 ? Math.floor(next() * receivedTotal * 0.3) : 0
        const shipping = next() < 0.3 ? Math.floor(next() * shippingTotal) : 0
        const done = await refund({ orderId: id, by: olga, lines: chosen, shipping, extra })
        if (done.ok) count('refunds')
      }),
    sendRefund: async () => {
      const waiting = await db.select().from(refundTransfers).where(eq(refundTransfers.status, 'pending'))
      refunding.next.failure = next() < 0.3 ? 'No funds' : ''
      if (waiting.length > 0) await sendRefund(pick(waiting).id, refunding.provider)
    },
    retryRefund: async () => {
      const failed = await db
        .select({ transferId: refundTransfers.id, orderId: refunds.orderId })
        .from(refundTransfers)
        .innerJoin(refunds, eq(refunds.id, refundTransfers.refundId))
        .where(eq(refundTransfers.status, 'failed'))
      if (failed.length > 0) await retryRefund({ ...pick(failed), byHand: next() < 0.5, by: olga })
    },
    ship: () =>
      onOrder(async ({ id, version }) => {
        const { lines } = await readOrder(id)
        const tracking = { carrier: '', trackingNumber: '', trackingUrl: '' }
        const sent = lines.map((line) => ({
          orderLineId: line.id,
          quantity: below(line.quantity - line.fulfilledQuantity + 1),
        }))
        await createFulfillment({ orderId: id, version, ...tracking, lines: sent, by: olga })
      }),
    cancelShipment: () =>
      onOrder(async ({ id }) => {
        const { fulfillments } = await readOrder(id)
        if (fulfillments.length === 0) return
        await cancelShipment({ orderId: id, fulfillmentId: pick(fulfillments).id, by: olga })
      }),
    askForReturn: () =>
      onOrder(async ({ id, token }) => {
        const { lines } = await readOrder(id)
        const units = lines.map((line) => ({ orderLineId: line.id, quantity: below(2) }))
        const asked = await requestReturn({ token, lines: units, reason: 'No', now: new Date() })
        if (asked.ok) count('returns')
      }),
    changeReturn: async () => {
      const open = await db.select().from(returns)
      if (open.length === 0) return
      const { id: returnId, orderId, version } = pick(open)
      const about = { orderId, returnId, version, by: olga }
      const decision = next() < 0.8 ? ('approved' as const) : ('declined' as const)
      const { lines } = await readOrder(orderId)
      const restocked = lines.map((line) => ({ orderLineId: line.id, restock: next() < 0.5 }))
      if (next() < 0.5) await answerReturn({ ...about, decision, answer: '' })
      else if (next() < 0.2) await cancelReturn(about)
      else await receiveReturn({ ...about, lines: restocked })
    },
    merge: () => transaction((tx) => mergeCarts(tx, { sessionId: pick(guests).sessionId, userId })),
    changePrice: () => changePrice(pick(goods).variantId, 300 + below(2_000)),
    changeRules: async () => {
      const endsAt = next() < 0.5 ? null : now
      await db
        .update(promotions)
        .set({ endsAt })
        .where(eq(promotions.title, pick(['Ten', '3 for 2'])))
      await db.update(settingsTable).set({ pricesIncludeTax: next() < 0.5 })
    },
  }
  const names = Object.keys(actions) as (keyof typeof actions)[]
  const often = ['add', 'add', 'add', 'apply', 'place', 'place', 'place', 'place', 'pay', 'ship'] as const
  const likely = [
    ...names,
    ...often,
    ...often,
    'refund',
    'changeReturn',
    'createDraft',
    'placeDraft',
    'placeDraft',
  ] as const
  for (let step = 0; step < steps; step += 1) {
    const chosen = Array.from({ length: atOnce }, () => pick(likely))
    await Promise.all(chosen.map((name) => actions[name]()))
    const violations = await findInvariantViolations()
    expect(violations, `SEED=${seed}, step ${step}: ${chosen.join()}`).toEqual([])
    expect(await findWrongConsents(), `SEED=${seed}, step ${step}: ${chosen.join()}`).toEqual([])
  }
  expect(counts.get('orders') ?? 0, `orders of SEED=${seed}`).toBeGreaterThan(5)
  expect(counts.get('drafts') ?? 0, `draft orders placed of SEED=${seed}`).toBeGreaterThan(0)
}, 90_000)
