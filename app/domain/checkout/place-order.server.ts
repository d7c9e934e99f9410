import { createHash } from 'node:crypto'
import { asc, eq, sql } from 'drizzle-orm'
import { saveAddress } from '#app/domain/accounts/addresses.server.ts'
import { setCartConsent } from '#app/domain/cart/cart-consent.server.ts'
import { emptyCart, isCartOf } from '#app/domain/cart/cart.server.ts'
import type { CartOwner } from '#app/domain/cart/cart.ts'
import { readPricingRulesOf, rulesVersion } from '#app/domain/checkout/pricing-rules.server.ts'
import { giveConsent } from '#app/domain/consents/consents.server.ts'
import { consentText } from '#app/domain/consents/consents.ts'
import { taxClassOf } from '#app/domain/pricing/tax.ts'
import { lockOffers } from '#app/domain/promotions/offers.server.ts'
import { insertRedemptions } from '#app/domain/orders/redemptions.server.ts'
import { buyableQuantity } from '#app/domain/stock/availability.ts'
import { takeStock } from '#app/domain/stock/stock.server.ts'
import { isPublished } from '#app/domain/products/published.server.ts'
import { maxAmount } from '#app/domain/money.ts'
import { notifyCustomer, notifyStaff } from '#app/domain/notifications/notify.server.ts'
import { addOrderEvent, insertOrder, insertOrderLines } from '#app/domain/orders/insert-order.server.ts'
import { orderName } from '#app/domain/orders/orders.ts'
import type { PaymentMethodId } from '#app/domain/payments/payments.ts'
import type { Settings } from '#app/domain/settings/settings.server.ts'
import { listShippingMethods } from '#app/domain/shipping/shipping.ts'
import { transaction, type Tx } from '#db/client.ts'
import { cartLines, carts, orders, products, variants } from '#db/schema/index.ts'
import type { CheckoutInput } from './checkout.schema.ts'
import type { PlaceOrderResult } from './checkout.ts'
import { choosePayment, insertFirstAttempt, payByOf, type PlacedDraft } from './order-payment.server.ts'
import { priceLines } from './price-lines.ts'
import { toPricingTerms } from './pricing-terms.ts'

type Placing = {
  shopper: CartOwner
  form: CheckoutInput
  settings: Settings
  now: Date
  /** By default, whether a provider of card payments is set up. */
  acceptsCards?: boolean
  /** The draft whose cart it is; it is locked, and not deleted. */
  draft?: PlacedDraft
}

/**
 * Turns the shopper's cart into one order: check, price, write, enqueue, all in one transaction. Guarantees: the same
 * form (its checkoutKey) creates the same order however often and from however many tabs it is sent; the order's total
 * is the one the form showed; a variant that tracks stock and does not allow backorders is never sold below zero; the
 * confirmation email is queued if and only if the order exists; an order that is paid by card has one payment attempt,
 * whose page is opened after the commit (openPaymentPage); no promotion is used more often than its limits allow.
 * Locks: the cart row first (a second submit waits there and then finds the order), then the variants in id order, then
 * promotions and the customer as lockOffers describes.
 */
export async function placeOrder(placing: Placing): Promise<PlaceOrderResult> {
  return transaction((tx) => placeCart(tx, placing))
}

/** The same as a step of a larger transaction, for the cart of a draft order. */
export async function placeCart(tx: Tx, placing: Placing): Promise<PlaceOrderResult> {
  const { form, settings, draft } = placing
  const cart = await lockCartForCheckout(tx, placing.shopper)
  if (!cart) return { ok: false, reason: 'empty-cart' }
  // The order that a key created has replaced the key of its cart, in the same transaction.
  if (cart.checkoutKey !== form.checkoutKey) return findEarlierOrder(tx, placing)

  const lines = await lockLines(tx, cart.id)
  if (lines.length === 0) return { ok: false, reason: 'empty-cart' }
  if (lines.some((line) => !line.isSold || buyableQuantity(line) < line.quantity))
    return { ok: false, reason: 'lines-unavailable' }
  const priced = await priceOrder(tx, placing, { lines, codes: cart.codes })
  const payment = priced && choosePayment(priced.total, placing)
  if (!priced || !payment || refusalOf(priced, form))
    return { ok: false, reason: refusalOf(priced, form) ?? 'payment-not-offered' }

  const isPaidNow = payment === 'stripe' && !draft?.by
  const order = await insertOrder(tx, { ...toOrder(placing, payment), ...toTotals(priced) })
  const name = orderName(order)
  const [took] = await Promise.all([
    takeStock(tx, { orderId: order.id, lines }),
    insertOrderLines(tx, order.id, withTotals(lines, priced)),
    insertRedemptions(tx, order.id, priced.promotions),
    addOrderEvent(tx, { orderId: order.id, kind: 'placed', detail: draft?.detail, byUserId: draft?.by }),
    isPaidNow && insertFirstAttempt(tx, { orderId: order.id, amount: priced.total, settings }),
    emptyCart(tx, cart.id),
    notifyCustomer(tx, 'order-confirmed', { ...order, name }),
    notifyStaff(tx, 'new-order', { key: `order:${order.id}`, subject: name, orderId: order.id }),
  ])
  if (!took) throw new Error(`Order ${order.id}: locked stock is missing`)
  await notifyLowStock(tx, order.id, lowStockLines(lines, took, settings.lowStockThreshold))
  await recordConsent(tx, cart, placing)
  const { userId } = placing.shopper
  if (userId !== null && form.keepAddress) await saveAddress(tx, userId, form)
  return { ok: true, orderId: order.id, token: order.token, isNew: true }
}

async function lockCartForCheckout(tx: Tx, shopper: CartOwner) {
  const [cart] = await tx
    .select({ id: carts.id, checkoutKey: carts.checkoutKey, codes: carts.codes, consentId: carts.consentId })
    .from(carts)
    .where(isCartOf(shopper))
    .for('update')
  return cart ?? null
}

/** The order that this form already created; without one, or with another shopper's key, the form is stale. */
async function findEarlierOrder(tx: Tx, { shopper, form, draft }: Placing): Promise<PlaceOrderResult> {
  const [order] = await tx
    .select({
      id: orders.id,
      token: orders.token,
      sessionId: orders.sessionId,
      userId: orders.userId,
      contentHash: orders.contentHash,
    })
    .from(orders)
    .where(eq(orders.checkoutKey, form.checkoutKey))
  if (!order) return { ok: false, reason: 'stale-form' }
  const isTheirs = draft
    ? order.id === draft.orderId
    : order.sessionId === shopper.sessionId || (shopper.userId !== null && order.userId === shopper.userId)
  if (!isTheirs) return { ok: false, reason: 'stale-form' }
  if (!order.contentHash.equals(contentHash(form)))
    return { ok: false, reason: 'already-placed', token: order.token }
  return { ok: true, orderId: order.id, token: order.token, isNew: false }
}

/**
 * The cart's lines, in the cart's order, with the current state of their variants, which stay locked until the
 * transaction ends.
 */
async function lockLines(tx: Tx, cartId: number) {
  const lines = await tx
    .select({
      cartLineId: cartLines.id,
      variantId: variants.id,
      productId: products.id,
      title: products.title,
      optionValues: variants.optionValues,
      variantTitle: sql<string>`array_to_string(${variants.optionValues}, ' / ')`,
      sku: variants.sku,
      quantity: cartLines.quantity,
      searchQuery: cartLines.searchQuery,
      /** Not null for a variant that can be bought. */
      unitPrice: sql<number>`${variants.price}`.mapWith(Number),
      price: variants.price,
      trackStock: variants.trackStock,
      allowBackorder: variants.allowBackorder,
      stock: variants.stock,
      requiresShipping: variants.requiresShipping,
      weight: variants.weightGrams,
      taxable: variants.taxable,
      taxClassId: products.taxClassId,
      isSold: isPublished,
      rulesVersion,
    })
    .from(cartLines)
    .innerJoin(variants, eq(variants.id, cartLines.variantId))
    .innerJoin(products, eq(products.id, variants.productId))
    .where(eq(cartLines.cartId, cartId))
    .orderBy(asc(variants.id))
    .for('update', { of: variants })
  return lines.sort((a, b) => a.cartLineId - b.cartLineId)
}

type LockedLine = Awaited<ReturnType<typeof lockLines>>[number]

/** Prices the order by the rules as they are now; null when the shop does not ship to the address. */
async function priceOrder(
  tx: Tx,
  { shopper, form, settings, now }: Placing,
  cart: { lines: LockedLine[]; codes: string[] },
) {
  const { automatic, zones, rates } = await readPricingRulesOf(tx, cart.lines[0]!.rulesVersion)
  const methods = listShippingMethods({ settings, zones }, cart.lines, form)
  if (!methods) return null
  const customer = { userId: shopper.userId, email: form.email }
  const lines = cart.lines.map((line) => ({ ...line, taxClass: taxClassOf(line) }))
  const found = await lockOffers(tx, { automatic, codes: cart.codes, lines, customer, now })
  const { vatNumber } = form
  const pricing = { ...found, methods, rates, settings, destination: form, vatNumber, now }
  const priced = priceLines(pricing, form.shippingMethod)
  return { ...priced, pricingTerms: toPricingTerms(pricing, priced) }
}

type Priced = NonNullable<Awaited<ReturnType<typeof priceOrder>>>

/** Why an order of these totals is not placed; null: it is. */
function refusalOf(priced: Priced | null, form: CheckoutInput) {
  if (!priced) return 'country-not-served'
  if (!priced.method) return 'shipping-not-offered'
  if (priced.total > maxAmount) return 'amount-too-large'
  return priced.total === shownTotalOf(form) ? null : 'total-changed'
}

/** The total that the form showed with the chosen shipping method. */
function shownTotalOf({ shownTotal, shownTotals, shippingMethod }: CheckoutInput): number {
  return shownTotals[shippingMethod] ?? shownTotal
}

/** The totals as columns of the order. */
function toTotals({ named, method, isReverseCharge, pricingTerms }: Priced) {
  return { ...named, pricingTerms, shippingLabel: method!.title, isPickup: method!.isPickup, isReverseCharge }
}

const withTotals = (lines: LockedLine[], priced: Priced) =>
  lines.map((line) => ({ ...line, ...totalsOf(line, priced) }))

/** The totals of one line as columns of the order's line. */
function totalsOf({ variantId }: LockedLine, { lines }: Priced) {
  const { discount, total, taxRate, tax } = lines.find((line) => line.variantId === variantId)!
  return { discountTotal: discount, lineTotal: total, taxRate, taxTotal: tax }
}

/** A customer's checkbox is only shown, and counts, while they have not agreed; a guest's cart keeps who agreed. */
async function recordConsent(
  tx: Tx,
  cart: { id: number; consentId: number | null },
  { shopper, form, settings }: Placing,
): Promise<void> {
  const { email, acceptsMarketing: isGiven } = form
  if (!isGiven && cart.consentId === null) return
  const text = consentText(settings.shopName)
  if (shopper.userId === null) await setCartConsent(tx, cart.id, { email, isGiven, text })
  else if (isGiven) await giveConsent(tx, { email, source: 'checkout', text })
}

async function notifyLowStock(tx: Tx, orderId: number, lines: LockedLine[]): Promise<void> {
  for (const line of lines)
    await notifyStaff(tx, 'low-stock', {
      key: `order:${orderId}:low:${line.variantId}`,
      subject: [line.title, line.variantTitle].filter(Boolean).join(', '),
      productId: line.productId,
    })
}

/** The lines that reduced a variant's stock to the low-stock threshold or below it. */
function lowStockLines<L extends { variantId: number; quantity: number }>(
  lines: L[],
  took: { variantId: number; left: number }[],
  threshold: number,
): L[] {
  return lines.filter(({ variantId, quantity }) =>
    took.some(
      (one) => one.variantId === variantId && one.left <= threshold && one.left + quantity > threshold,
    ),
  )
}

/** What the form and the settings contribute to the order's row. */
function toOrder(placing: Placing, payment: PaymentMethodId) {
  const { shopper, form, settings } = placing
  return {
    numberPrefix: settings.orderPrefix,
    checkoutKey: form.checkoutKey,
    contentHash: contentHash(form),
    sessionId: shopper.sessionId,
    userId: shopper.userId,
    email: form.email,
    phone: form.phone,
    customerNote: form.note,
    shipName: form.name,
    shipCompany: form.company,
    shipLine1: form.line1,
    shipLine2: form.line2,
    shipPostcode: form.postcode,
    shipCity: form.city,
    shipRegion: form.region,
    shipCountry: form.country,
    vatNumber: form.vatNumber,
    paymentMethod: payment,
    // Nothing to pay.
    paymentState: payment === 'none' ? ('paid' as const) : undefined,
    payBy: payByOf(payment, placing),
    currency: settings.currency,
  }
}

function contentHash(form: CheckoutInput): Buffer {
  return createHash('sha256').update(JSON.stringify(form)).digest()
}
