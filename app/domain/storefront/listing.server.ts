import { and, asc, type Column, desc, eq, inArray, or, type SQL, sql } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { collectionProducts, type CollectionRule, products, variants } from '#db/schema/index.ts'
import { listCards } from './cards.server.ts'
import { type ProductCard, pageSize } from './storefront.ts'
import type { Listing, Sort } from './listing.ts'
import { isBuyable, isPublished } from '#app/domain/products/published.server.ts'

/** The source of a list: all published products, or one collection. */
export type Scope =
  | { kind: 'all' }
  | { kind: 'collection'; id: number; by: 'manual' }
  | { kind: 'collection'; id: number; by: 'rule'; match: 'all' | 'any'; rules: CollectionRule[] }

export type ProductList = { cards: ProductCard[]; count: number; pages: number }

/** One page of published products; null when the list has no such page (page 1 always exists). */
export async function listProducts(scope: Scope, listing: Listing): Promise<ProductList | null> {
  const where = and(isPublished, inScope(scope), ...narrowing(listing))
  const [[counted], page] = await Promise.all([
    db
      .select({ count: sql<number>`count(*)::int` })
      .from(products)
      .where(where),
    db
      .select({ id: products.id })
      .from(products)
      .where(where)
      .orderBy(...order(listing.sort, scope))
      .limit(pageSize)
      .offset((listing.page - 1) * pageSize),
  ])
  if (page.length === 0 && listing.page > 1) return null
  const count = counted?.count ?? 0
  return {
    cards: await listCards(page.map(({ id }) => id)),
    count,
    pages: Math.max(1, Math.ceil(count / pageSize)),
  }
}

/** The newest published products. */
export function listNewest(limit: number): Promise<ProductCard[]> {
  return listFirst({ kind: 'all' }, limit)
}

/** The first published products of a list: in the merchant's order where it has one, otherwise the newest. */
export async function listFirst(scope: Scope, limit: number): Promise<ProductCard[]> {
  const rows = await db
    .select({ id: products.id })
    .from(products)
    .where(and(isPublished, inScope(scope)))
    .orderBy(...order('featured', scope))
    .limit(limit)
  return listCards(rows.map(({ id }) => id))
}

export type Facet = { value: string; count: number }
export type Facets = { vendors: Facet[]; types: Facet[]; tags: Facet[]; hasPrices: boolean }

/** The filter values of a list, most frequent first, counted over the whole scope. */
export async function listFacets(scope: Scope): Promise<Facets> {
  const where = and(isPublished, inScope(scope))
  const valuesOf = (value: SQL | Column) =>
    db
      .select({ value: sql<string>`${value}`, count: sql<number>`count(*)::int` })
      .from(products)
      .where(and(where, sql`${value} <> ''`))
      .groupBy(sql`1`)
      .orderBy(sql`2 desc, 1`)
      .limit(12)
  const tag = sql`tag`
  const [vendors, types, tags, [priced]] = await Promise.all([
    valuesOf(products.vendor),
    valuesOf(products.type),
    db
      .select({ value: sql<string>`${tag}`, count: sql<number>`count(*)::int` })
      .from(products)
      .crossJoinLateral(sql`unnest(${products.tags}) as tag`)
      .where(where)
      .groupBy(tag)
      .orderBy(sql`2 desc, 1`)
      .limit(12),
    db
      .select({ id: products.id })
      .from(products)
      .where(and(where, sql`${products.priceMin} is not null`))
      .limit(1),
  ])
  return { vendors, types, tags, hasPrices: priced !== undefined }
}

function inScope(scope: Scope): SQL | undefined {
  if (scope.kind === 'all') return undefined
  if (scope.by === 'manual')
    return sql`exists (select from ${collectionProducts} where ${collectionProducts.collectionId} = ${scope.id} and ${collectionProducts.productId} = ${products.id})`
  if (scope.rules.length === 0) return sql`false`
  const rules = scope.rules.map(ruleCondition)
  return scope.match === 'all' ? and(...rules) : or(...rules)
}

/** The same rule in memory is in collection-rules.ts. */
function ruleCondition({ field, value }: CollectionRule): SQL {
  if (field === 'tag')
    return sql`exists (select from unnest(${products.tags}) as own(tag) where lower(own.tag) = lower(${value}))`
  return sql`lower(${products[field]}) = lower(${value})`
}

function narrowing(listing: Listing): (SQL | undefined)[] {
  const { minPrice, maxPrice } = listing
  const hasPrice = minPrice !== null || maxPrice !== null
  return [
    // The product's range first, which is cheap; then a variant whose price is really in range.
    minPrice === null ? undefined : sql`${products.priceMax} >= ${minPrice}`,
    maxPrice === null ? undefined : sql`${products.priceMin} <= ${maxPrice}`,
    hasPrice || listing.onlyAvailable
      ? sql`exists (select from ${variants} where ${and(
          sql`${variants.productId} = ${products.id}`,
          minPrice === null ? undefined : sql`${variants.price} >= ${minPrice}`,
          maxPrice === null ? undefined : sql`${variants.price} <= ${maxPrice}`,
          listing.onlyAvailable ? isBuyable : undefined,
        )})`
      : undefined,
    listing.vendors.length ? inArray(products.vendor, listing.vendors) : undefined,
    listing.types.length ? inArray(products.type, listing.types) : undefined,
    listing.tags.length ? sql`${products.tags} && ${sql.param(listing.tags)}::text[]` : undefined,
  ]
}

function order(sort: Sort, scope: Scope): SQL[] {
  if (sort !== 'featured') return sortedBy(sort)
  return scope.kind === 'collection' && scope.by === 'manual'
    ? [
        sql`(select ${collectionProducts.position} from ${collectionProducts} where ${collectionProducts.collectionId} = ${scope.id} and ${collectionProducts.productId} = ${products.id})`,
        asc(products.id),
      ]
    : sortedBy('newest')
}

/** The order that a shopper chose. Products without a price come last in both price orders. */
export function sortedBy(sort: Exclude<Sort, 'featured'>): SQL[] {
  switch (sort) {
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

export const toScope = (collection: {
  id: number
  kind: 'manual' | 'rule'
  match: 'all' | 'any'
  rules: CollectionRule[]
}): Scope =>
  collection.kind === 'manual'
    ? { kind: 'collection', id: collection.id, by: 'manual' }
    : {
        kind: 'collection',
        id: collection.id,
        by: 'rule',
        match: collection.match,
        rules: collection.rules,
      }

/** Related products: of the same type, or with a shared tag; best match first. */
export async function listRelated(
  product: { id: number; type: string; tags: string[] },
  limit: number,
): Promise<ProductCard[]> {
  const sameType = product.type ? eq(products.type, product.type) : undefined
  const sharesTag = product.tags.length
    ? sql`${products.tags} && ${sql.param(product.tags)}::text[]`
    : undefined
  if (!sameType && !sharesTag) return []
  const rows = await db
    .select({ id: products.id })
    .from(products)
    .where(and(isPublished, sql`${products.id} <> ${product.id}`, or(sameType, sharesTag)))
    .orderBy(...(sameType ? [desc(sameType)] : []), sql`${products.publishedAt} desc nulls last`, products.id)
    .limit(limit)
  return listCards(rows.map(({ id }) => id))
}
