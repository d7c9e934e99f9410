import { eq } from 'drizzle-orm'
import { openPaymentPage } from '#app/domain/billing/start-payment.server.ts'
import { processEvent, receiveEvent } from '#app/domain/billing/provider-events.server.ts'
import { placeOrder } from '#app/domain/checkout/place-order.server.ts'
import { getOrder } from '#app/domain/orders/orders.server.ts'
import { readSettings } from '#app/domain/settings/settings.server.ts'
import { db } from '#db/client.ts'
import { orders, paymentAttempts, variants } from '#db/schema/index.ts'
import { createGuest, createProduct, createShop, filledForm, now } from './cast.ts'
import { sign, type StripeDouble } from './stripe-double.ts'

/** Orders that are paid by card, at the double of Stripe. */

type Options = { stock?: number; variantId?: number; capturesLater?: boolean }

/** An order before its payment page was created. */
export async function placeCardOrder({ stock = 5, capturesLater = false, ...options }: Options = {}) {
  await createShop()
  const settings = { ...(await readSettings())!, capturesLater }
  const variantId = options.variantId ?? (await createProduct({ stock })).variantId
  const shopper = await createGuest({ variantId })
  const form = await filledForm(shopper, settings, { payment: 'stripe' })
  const placed = await placeOrder({ shopper, form, settings, now, acceptsCards: true })
  if (!placed.ok) throw new Error(placed.reason)
  return { orderId: placed.orderId, token: placed.token, variantId, shopper, form }
}

/** An order whose customer is on the payment page. */
export async function openCardOrder(double: StripeDouble, options: Options = {}) {
  const order = await placeCardOrder(options)
  const url = await openPaymentPage(order.orderId, double.provider)
  if (!url) throw new Error('No payment page')
  return { ...order, url, sessionId: url.split('/').at(-1)! }
}

/** Sends the shop what happened at the double, in the order given, and processes it. */
export async function deliverEvents(double: StripeDouble, events = double.account.events): Promise<void> {
  for (const event of [...events]) {
    const body = JSON.stringify(event)
    await receiveEvent(Buffer.from(body), sign(body), double.provider)
    await processEvent(event.id, double.provider)
  }
}

/** The order with its payments and attempts, as the database has them. */
export async function readOrder(orderId: number) {
  const found = (await getOrder(orderId))!
  const attempts = await db
    .select()
    .from(paymentAttempts)
    .where(eq(paymentAttempts.orderId, orderId))
    .orderBy(paymentAttempts.id)
  return {
    ...found,
    attempts,
    states: attempts.map(({ status }) => status),
    kinds: found.events.map(({ kind }) => kind).reverse(),
    mails: found.emails.map(({ kind }) => kind),
  }
}

export async function stockOf(variantId: number): Promise<number> {
  return (await db.select({ stock: variants.stock }).from(variants).where(eq(variants.id, variantId)))[0]!
    .stock
}

/** The order's time to pay is over, and that of its page. */
export async function letTimePass(orderId: number): Promise<void> {
  const past = new Date(Date.now() - 60_000)
  await db.update(orders).set({ payBy: past }).where(eq(orders.id, orderId))
}
