import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm'
import { isPublished } from '#app/domain/products/published.server.ts'
import { db } from '#db/client.ts'
import { products, productSales } from '#db/schema/index.ts'
import { listCards } from './cards.server.ts'
import { filtersCondition } from './filters.server.ts'
import type { Filters, Listing, Sort } from './listing.ts'
import { allProducts, type Scope } from './scope.server.ts'
import { type ProductCard, pageSize } from './storefront.ts'

/** The published products of the pages `from` to `page` of a list; null when it has no such page (page 1 always exists). */
export async function listProducts(scope: Scope, listing: Listing): Promise<ProductCard[] | null> {
  const { page, from } = listing
  const rows = await db
    .select({ id: products.id })
    .from(products)
    // Without this order the planner removes the join.
    .leftJoin(productSales, eq(productSales.productId, products.id))
    .where(and(isPublished, scope.where, ...filtersCondition(listing)))
    .orderBy(...(listing.sort === 'featured' ? scope.order : sortedBy(listing.sort)))
    .limit((page - from + 1) * pageSize)
    .offset((from - 1) * pageSize)
  const isShown = rows.length > (page - from) * pageSize
  return isShown || page === 1 ? listCards(rows.map(({ id }) => id)) : null
}

/** How many products a list has on all its pages. */
export function countProducts(scope: Scope, filters: Filters): Promise<number> {
  return db.$count(products, and(isPublished, scope.where, ...filtersCondition(filters)))
}

/** The newest published products. */
export function listNewest(limit: number): Promise<ProductCard[]> {
  return listFirst(allProducts, limit)
}

/** The first published products of a list, in its default order. */
export async function listFirst(scope: Scope, limit: number): Promise<ProductCard[]> {
  const rows = await db
    .select({ id: products.id })
    .from(products)
    .where(and(isPublished, scope.where))
    .orderBy(...scope.order)
    .limit(limit)
  return listCards(rows.map(({ id }) => id))
}

/**
 * The order that a shopper chose. Products without a price come last in both price orders. "Best selling" needs
 * `product_sales` as a left join.
 */
function sortedBy(sort: Exclude<Sort, 'featured'>): SQL[] {
  switch (sort) {
    case 'best-selling':
      return [
        sql`${productSales.units} desc nulls last`,
        sql`${products.publishedAt} desc nulls last`,
        asc(products.id),
      ]
    case 'newest':
      return [sql`${products.publishedAt} desc nulls last`, asc(products.id)]
    case 'price-ascending':
      return [sql`${products.priceMin} asc nulls last`, asc(products.id)]
    case 'price-descending':
      return [sql`${products.priceMin} desc nulls last`, asc(products.id)]
    case 'title-ascending':
      return [asc(products.title), asc(products.id)]
    case 'title-descending':
      return [desc(products.title), desc(products.id)]
  }
}
