import { and, asc, eq, inArray } from 'drizzle-orm'
import { readPricingRules } from '#app/domain/checkout/pricing-rules.server.ts'
import { settleOrder } from '#app/domain/billing/settle-order.server.ts'
import { listMemberships } from '#app/domain/collections/memberships.server.ts'
import { maxAmount } from '#app/domain/money.ts'
import { addOrderEvent, replaceOrderLines } from '#app/domain/orders/insert-order.server.ts'
import { changeOrder, lockOrder } from '#app/domain/orders/lock-order.server.ts'
import { canBeEdited } from '#app/domain/orders/order-states.ts'
import { replaceRedemptions } from '#app/domain/orders/redemptions.server.ts'
import { taxClassOf, taxRateOf } from '#app/domain/pricing/tax.ts'
import { isPublished } from '#app/domain/products/published.server.ts'
import { promotionColumns, toPromotion } from '#app/domain/promotions/stored-promotion.server.ts'
import { buyableQuantity } from '#app/domain/stock/availability.ts'
import { changeOrderStock } from '#app/domain/stock/stock.server.ts'
import { auditedTransaction, db, type Tx } from '#db/client.ts'
import {
  orderLines,
  orders,
  products,
  promotionRedemptions,
  promotions,
  settings,
  variants,
} from '#db/schema/index.ts'
import type { PricingTerms } from '#db/schema/orders.ts'
import { calculateEditedTotals, type EditedLine } from './edited-totals.ts'

type Order = typeof orders.$inferSelect
type Reader = typeof db | Tx

export type Edit = {
  /** Lines that are not named keep their quantity; 0 removes a line. */
  lines: { orderLineId: number; quantity: number }[]
  /** A variant that the order has already gets more of its line, at the price of the order. */
  added: { variantId: number; quantity: number }[]
  /** Minor units. */
  shipping: number
}

export type EditRefusal =
  | 'not-found'
  | 'stale'
  | 'not-editable'
  | 'no-lines'
  | 'variant-unavailable'
  | 'out-of-stock'
  | 'amount-too-large'
  | 'total-changed'
  | 'nothing-changed'

/**
 * Changes the lines and the shipping price of an order that is neither shipped nor refunded. The total is calculated
 * anew by the order's own prices, rates and promotions; a new line has today's price. Stock follows in the same
 * transaction. What is due or paid too much afterwards follows from the sums.
 */
export async function editOrder(
  input: Edit & { orderId: number; version: number; reason: string; shownTotal: number; by: number },
): Promise<{ ok: true; total: number } | { ok: false; reason: EditRefusal }> {
  const { orderId, by } = input
  return auditedTransaction(by, async (tx) => {
    const order = await lockOrder(tx, orderId)
    if (!order) return { ok: false, reason: 'not-found' }
    if (!canBeEdited(order)) return { ok: false, reason: 'not-editable' }
    if (order.version !== input.version) return { ok: false, reason: 'stale' }
    const quote = await quoteEdit(tx, order, input)
    if (!quote.ok) return quote
    if (quote.changes.length === 0 && input.shipping === order.shippingTotal)
      return { ok: false, reason: 'nothing-changed' }
    const { named, promotions: applied } = quote.totals
    if (named.total !== input.shownTotal) return { ok: false, reason: 'total-changed' }

    const taken = quote.changes.flatMap(({ before, after, variantId, isTracked }) =>
      variantId !== null && isTracked ? [{ variantId, delta: before - after }] : [],
    )
    if (!(await changeOrderStock(tx, { orderId, byUserId: by, lines: taken })))
      return { ok: false, reason: 'out-of-stock' }
    await replaceOrderLines(tx, orderId, quote.lines)
    await replaceRedemptions(tx, orderId, applied)
    await changeOrder(tx, orderId, named)
    await settleOrder(tx, orderId)
    const detail = [...quote.changes.map(describe), input.reason].filter(Boolean).join('; ')
    await addOrderEvent(tx, { orderId, kind: 'edited', detail, byUserId: by })
    return { ok: true, total: named.total }
  })
}

/** What an edit would make of the order, without changing anything; null when there is no such order. */
export async function previewEdit(orderId: number, edit: Edit) {
  const [order] = await db.select().from(orders).where(eq(orders.id, orderId))
  return order ? quoteEdit(db, order, edit) : null
}

type Quote = Awaited<ReturnType<typeof quoteEdit>>
export type EditPreview = Extract<Quote, { ok: true }>

async function quoteEdit(reader: Reader, order: Order, edit: Edit) {
  const [existing, added] = await Promise.all([
    listLines(reader, order.id),
    listVariants(
      reader,
      edit.added.filter(({ quantity }) => quantity > 0),
    ),
  ])
  if (added.some(({ isSold, unitPrice }) => !isSold || unitPrice === null))
    return { ok: false as const, reason: 'variant-unavailable' as const }
  const kept = existing.map((line) => {
    const asked = edit.lines.find(({ orderLineId }) => orderLineId === line.id)
    const more = added.find(({ variantId }) => variantId === line.variantId)?.quantity ?? 0
    return { ...line, before: line.quantity, quantity: (asked?.quantity ?? line.quantity) + more }
  })
  const fresh = added.filter(({ variantId }) => !existing.some((line) => line.variantId === variantId))
  const { rates } = await readPricingRules(reader)
  const place = { country: order.shipCountry, region: order.shipRegion }
  const all = [
    ...kept,
    ...fresh.map((line) => ({
      ...{ ...line, id: null, before: 0, stockTaken: line.trackStock, unitPrice: line.unitPrice! },
      taxRate: taxRateOf(rates, place, taxClassOf(line)),
    })),
  ]
  const wanted = all.filter(({ quantity }) => quantity > 0)
  if (wanted.length === 0) return { ok: false as const, reason: 'no-lines' as const }
  if (wanted.some(({ quantity }) => quantity > 999))
    return { ok: false as const, reason: 'amount-too-large' as const }
  const terms = order.pricingTerms ?? (await readTerms(reader, order))
  const lines = await withCollections(reader, wanted.map(toPriced(order, terms)), terms)
  const totals = calculateEditedTotals({
    ...{ lines, terms, isReverseCharge: order.isReverseCharge },
    shipping: { title: order.shippingLabel, amount: edit.shipping, isPickup: order.isPickup },
  })
  if (totals.total > maxAmount) return { ok: false as const, reason: 'amount-too-large' as const }
  const priced = new Map(totals.lines.map((line) => [line.variantId, line]))
  return {
    ok: true as const,
    totals,
    lines: wanted.map((line, index) => {
      const { discount, total, taxRate, tax } = priced.get(lines[index]!.variantId)!
      return { ...line, discountTotal: discount, lineTotal: total, taxRate, taxTotal: tax }
    }),
    changes: all
      .filter(({ before, quantity }) => before !== quantity)
      .map(({ title, variantTitle, before, quantity: after, variantId, stockTaken: isTracked }) => ({
        ...{ title, variantTitle, before, after, variantId, isTracked },
      })),
  }
}

async function listLines(reader: Reader, orderId: number) {
  return reader.select().from(orderLines).where(eq(orderLines.orderId, orderId)).orderBy(asc(orderLines.id))
}

type Line = Awaited<ReturnType<typeof listLines>>[number]

/** The variants that are added, as they are now. */
async function listVariants(reader: Reader, added: Edit['added']) {
  if (added.length === 0) return []
  const ids = added.map(({ variantId }) => variantId)
  const rows = await reader
    .select({
      variantId: variants.id,
      productId: products.id,
      title: products.title,
      optionValues: variants.optionValues,
      sku: variants.sku,
      unitPrice: variants.price,
      trackStock: variants.trackStock,
      requiresShipping: variants.requiresShipping,
      taxable: variants.taxable,
      taxClassId: products.taxClassId,
      isSold: isPublished,
    })
    .from(variants)
    .innerJoin(products, eq(products.id, variants.productId))
    .where(inArray(variants.id, ids))
    .orderBy(asc(variants.id))
  return rows.map(({ optionValues, ...row }) => ({
    ...row,
    variantTitle: optionValues.join(' / '),
    quantity: added
      .filter(({ variantId }) => variantId === row.variantId)
      .reduce((sum, { quantity }) => sum + quantity, 0),
  }))
}

type Wanted = Pick<Line, 'variantId' | 'productId' | 'title' | 'variantTitle' | 'quantity' | 'unitPrice'> &
  Pick<Line, 'requiresShipping' | 'taxRate'> & { id: number | null }

/** Pricing knows a line by its variant; a deleted one gets a number that no variant has. */
const toPriced =
  (order: Order, terms: PricingTerms) =>
  (line: Wanted): Omit<EditedLine, 'collectionIds'> => {
    const rate = terms.rates.find(([variantId]) => variantId === line.variantId)?.[1]
    return {
      ...line,
      variantId: line.variantId ?? -line.id!,
      productId: line.productId ?? 0,
      taxRate: order.isReverseCharge ? (rate ?? line.taxRate) : line.taxRate,
    }
  }

async function withCollections(
  reader: Reader,
  lines: Omit<EditedLine, 'collectionIds'>[],
  { offers }: PricingTerms,
): Promise<EditedLine[]> {
  const collectionIds = offers.flatMap(({ promotion }) => collectionsIn(promotion))
  const memberships = await listMemberships(
    reader,
    lines.map(({ productId }) => productId),
    collectionIds,
  )
  return lines.map((line) => ({ ...line, collectionIds: memberships.get(line.productId) ?? [] }))
}

/** The ids in every list of items of a promotion. */
function collectionsIn(value: unknown): number[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, part]) =>
    name === 'collectionIds' && Array.isArray(part) ? (part as number[]) : collectionsIn(part),
  )
}

/** The terms of an order from before they were kept: today's settings, and its promotions as they are now. */
async function readTerms(reader: Reader, order: Order): Promise<PricingTerms> {
  const [[shop], redeemed] = await Promise.all([
    reader.select().from(settings),
    reader
      .select({ ...promotionColumns, typed: promotionRedemptions.code })
      .from(promotionRedemptions)
      .innerJoin(promotions, eq(promotions.id, promotionRedemptions.promotionId))
      .where(eq(promotionRedemptions.orderId, order.id))
      .orderBy(asc(promotionRedemptions.id)),
  ])
  return {
    isIncluded: order.taxTotal === 0 ? shop!.pricesIncludeTax : order.taxAdded === 0,
    taxLabel: shop!.taxLabel,
    shippingTax: { kind: shop!.shippingTax === 'none' ? 'none' : 'goods' },
    rates: [],
    offers: redeemed.map(({ typed, ...row }) => ({ code: typed || null, promotion: toPromotion(row) })),
  }
}

function describe(change: { title: string; variantTitle: string; before: number; after: number }): string {
  const name = [change.title, change.variantTitle].filter(Boolean).join(', ')
  return `${name}: ${change.before} → ${change.after}`
}
