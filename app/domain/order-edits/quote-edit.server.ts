import { asc, eq, inArray } from 'drizzle-orm'
import { readPricingRules } from '#app/domain/checkout/pricing-rules.server.ts'
import { listMemberships } from '#app/domain/collections/memberships.server.ts'
import { maxAmount } from '#app/domain/money.ts'
import { taxClassOf, taxRateOf } from '#app/domain/pricing/tax.ts'
import { isPublished } from '#app/domain/products/published.server.ts'
import { promotionColumns, toPromotion } from '#app/domain/promotions/stored-promotion.server.ts'
import { db, type Tx } from '#db/client.ts'
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

export type QuoteRefusal = 'no-lines' | 'variant-unavailable' | 'units-refunded' | 'amount-too-large'

const refuse = (reason: QuoteRefusal) => ({ ok: false as const, reason })

/** What an edit would make of the order, without changing anything; null when there is no such order. */
export async function previewEdit(orderId: number, edit: Edit) {
  const [order] = await db.select().from(orders).where(eq(orders.id, orderId))
  return order ? quoteEdit(db, order, edit) : null
}

/** The same as a step of the edit, or why it cannot be. */
export async function quoteEdit(reader: Reader, order: Order, edit: Edit) {
  const [existing, added] = await Promise.all([
    listLines(reader, order.id),
    listVariants(
      reader,
      edit.added.filter(({ quantity }) => quantity > 0),
    ),
  ])
  if (added.some(({ isSold, unitPrice }) => !isSold || unitPrice === null))
    return refuse('variant-unavailable')
  const all = await mergeLines(reader, order, edit, { existing, added })
  // Of a refund that failed, which can be retried.
  if (all.some(({ quantity, refundedQuantity }) => quantity < refundedQuantity))
    return refuse('units-refunded')
  const wanted = all.filter(({ quantity }) => quantity > 0)
  if (wanted.length === 0) return refuse('no-lines')
  if (wanted.some(({ quantity }) => quantity > 999)) return refuse('amount-too-large')
  const terms = order.pricingTerms ?? (await readTerms(reader, order))
  const lines = await withCollections(reader, wanted.map(toPriced(order, terms)), terms)
  const totals = calculateEditedTotals({
    ...{ lines, terms, isReverseCharge: order.isReverseCharge },
    shipping: { title: order.shippingLabel, amount: edit.shipping, isPickup: order.isPickup },
  })
  if (totals.total > maxAmount) return refuse('amount-too-large')
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

type Found = { existing: Line[]; added: Awaited<ReturnType<typeof listVariants>> }

/** The lines with their new quantities, also those that are removed (0), and `before` as it was. */
async function mergeLines(reader: Reader, order: Order, edit: Edit, { existing, added }: Found) {
  const kept = existing.map((line) => {
    const asked = edit.lines.find(({ orderLineId }) => orderLineId === line.id)
    const more = added.find(({ variantId }) => variantId === line.variantId)?.quantity ?? 0
    return { ...line, before: line.quantity, quantity: (asked?.quantity ?? line.quantity) + more }
  })
  const fresh = added.filter(({ variantId }) => !existing.some((line) => line.variantId === variantId))
  const { rates } = await readPricingRules(reader)
  const place = { country: order.shipCountry, region: order.shipRegion }
  return [
    ...kept,
    ...fresh.map((line) => ({
      ...{
        ...line,
        id: null,
        before: 0,
        refundedQuantity: 0,
        stockTaken: line.trackStock,
        unitPrice: line.unitPrice!,
      },
      taxRate: taxRateOf(rates, place, taxClassOf(line)),
    })),
  ]
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
