import { and, asc, desc, type SQL, sql } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { productRatings, products, productSales } from '#db/schema/index.ts'
import { listCards } from './cards.server.ts'
import { filtersCondition } from './filters.server.ts'
import { emptyListing, type Filters, type Listing, type Sort } from './listing.ts'
import { allProducts, type Page, type Scope } from './scope.server.ts'
import { type ProductCard, pageSize } from './storefront.ts'

/** The published products of the pages `from` to `page` of a list; null when it has no such page (page 1 always exists). */
export async function listProducts(scope: Scope, listing: Listing): Promise<ProductCard[] | null> {
  const { page, from } = listing
  const limit = (page - from + 1) * pageSize
  const offset = (from - 1) * pageSize
  const ids = await listIds(scope, listing, { limit, offset })
  const isShown = ids.length > (page - from) * pageSize
  return isShown || page === 1 ? listCards(ids) : null
}

async function listIds(scope: Scope, listing: Listing, { limit, offset }: Page): Promise<number[]> {
  const { sort } = listing
  const filters = filtersCondition(listing)
  if (scope.first && sort === 'featured' && filters.length === 0) return scope.first({ limit, offset })
  const order = sort === 'featured' ? scope.order : sortedBy(sort)
  const rows = await db.execute<{ id: number }>(sql`
    select ${products.id}::float8 as id from ${scope.from}
    ${joinedFor(sort)}
    where ${and(scope.where, ...(scope.narrow?.(listing) ?? []), ...filters)}
    order by ${sql.join(order, sql`, `)} limit ${limit} offset ${offset}`)
  return rows.map(({ id }) => id)
}

/** How many products a list has on all its pages. */
export async function countProducts(scope: Scope, filters: Filters): Promise<number> {
  const known = await scope.count?.(filters)
  if (typeof known === 'number') return known
  const [counted] = await db.execute<{ count: number }>(sql`
    select count(*)::float8 as count from ${scope.from}
    where ${and(scope.where, ...(scope.narrow?.(filters) ?? []), ...filtersCondition(filters))}`)
  return counted!.count
}

/** The newest published products. */
export function listNewest(limit: number): Promise<ProductCard[]> {
  return listFirst(allProducts, limit)
}

/** The first published products of a list, in its default order. */
export async function listFirst(scope: Scope, limit: number): Promise<ProductCard[]> {
  return listCards(await listIds(scope, emptyListing, { limit, offset: 0 }))
}

function joinedFor(sort: Sort): SQL {
  if (sort === 'best-selling')
    return sql`left join ${productSales} on ${productSales.productId} = ${products.id}`
  if (sort === 'highest-rated')
    return sql`left join ${productRatings} on ${productRatings.productId} = ${products.id}`
  return sql``
}

/** The order that a shopper chose. Products without a price come last in both price orders. */
function sortedBy(sort: Exclude<Sort, 'featured'>): SQL[] {
  switch (sort) {
    case 'best-selling':
      return [
        sql`${productSales.units} desc nulls last`,
        sql`${products.publishedAt} desc nulls last`,
        asc(products.id),
      ]
    case 'highest-rated':
      return [
        sql`${productRatings.sum}::float8 / nullif(${productRatings.count}, 0) desc nulls last`,
        sql`${productRatings.count} desc nulls last`,
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
