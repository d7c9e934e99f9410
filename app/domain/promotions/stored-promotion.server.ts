import { getTableColumns, sql } from 'drizzle-orm'
import type { Items, Promotion } from '#app/domain/pricing/promotion.ts'
import { promotions } from '#db/schema/index.ts'

type Item = { isGet: boolean; productId: number | null; collectionId: number | null }

/** A promotion and its items, as one row. */
export const promotionColumns = {
  ...getTableColumns(promotions),
  // As text: Drizzle leaves out the names of tables in a query of one table.
  items: sql<Item[]>`(select coalesce(jsonb_agg(jsonb_build_object(
    'isGet', i.is_get, 'productId', i.product_id, 'collectionId', i.collection_id
  )), '[]') from promotion_items i where i.promotion_id = promotions.id)`,
}

export type StoredPromotion = typeof promotions.$inferSelect & { items: Item[] }

/** The promotion as the rules of pricing know it. */
export function toPromotion(row: StoredPromotion): Promotion {
  const bought = itemsOf(row, false)
  const common = {
    id: row.id,
    title: row.title,
    isCombinable: row.isCombinable,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    limit: row.usageLimit,
    limitPerCustomer: row.limitPerCustomer,
    isFirstOrderOnly: row.isFirstOrderOnly,
    minQuantity: row.minQuantity,
    minSubtotal: row.minSubtotal,
  }
  // Which columns a kind has is checked by the database.
  switch (row.kind) {
    case 'percent':
      return { ...common, kind: 'percent', value: row.percent!, items: bought }
    case 'fixed':
      return { ...common, kind: 'fixed', value: row.amount!, items: bought }
    case 'free-shipping':
      return { ...common, kind: 'free-shipping', maxRate: row.maxRate, items: bought }
    case 'buy-x-get-y':
      return {
        ...common,
        kind: 'buy-x-get-y',
        buy: { quantity: row.buyQuantity!, items: bought },
        get: { quantity: row.getQuantity!, items: itemsOf(row, true) },
        percent: row.percent!,
        maxSets: row.maxSets,
      }
  }
}

function itemsOf({ isForAll, getsAll, items }: StoredPromotion, isGet: boolean): Items {
  if (isGet ? getsAll : isForAll) return 'all'
  const chosen = items.filter((item) => item.isGet === isGet)
  return {
    productIds: chosen.flatMap(({ productId }) => productId ?? []),
    collectionIds: chosen.flatMap(({ collectionId }) => collectionId ?? []),
  }
}
