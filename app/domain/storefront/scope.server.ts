import { and, or, type SQL, sql } from 'drizzle-orm'
import { isPublished } from '#app/domain/products/published.server.ts'
import { scopeDependencies } from '#app/domain/realtime/dependencies.ts'
import { collectionProducts, type CollectionRule, products } from '#db/schema/index.ts'
import type { CountedFacets } from './facets.ts'
import type { Filters } from './listing.ts'

/** The source of a list. Lists, facets and list pages work for each one: all products, a collection, a search. */
export type Scope = {
  /** Names the scope in the cache; null for one whose lists are not cached. */
  key: string | null
  /** What it is read from: at least `products`. */
  from: SQL
  /** The condition on it, which only published products meet. */
  where: SQL
  /** The default order. It has to be total. */
  order: SQL[]
  /** Cheap conditions that all products of these filters meet, beside the filters themselves. */
  narrow?: (filters: Filters) => SQL[]
  /** Count as `countProducts` and `listFacets` do, or give null for filters that they cannot count. */
  count?: (filters: Filters) => Promise<number | null>
  countFacets?: (filters: Filters) => Promise<CountedFacets | null>
  /** The ids of a page in the default order and without filters, for a scope that knows a faster way. */
  first?: (page: Page) => Promise<number[]>
  /** The dependencies of which products are in it. */
  dependsOn: string[]
}

export type Page = { limit: number; offset: number }

const newestFirst = [sql`${products.publishedAt} desc nulls last`, sql`${products.id}`]

export const allProducts: Scope = {
  key: 'all',
  from: sql`${products}`,
  where: isPublished,
  order: newestFirst,
  dependsOn: scopeDependencies({ kind: 'all' }),
}

/** The products of a collection: in the merchant's order if it is a manual one, otherwise the newest first. */
export function collectionScope(collection: {
  id: number
  kind: 'manual' | 'rule'
  match: 'all' | 'any'
  rules: CollectionRule[]
}): Scope {
  const { id, kind, match, rules } = collection
  if (kind === 'manual') {
    const members = sql`from ${collectionProducts} where ${collectionProducts.collectionId} = ${id}
      and ${collectionProducts.productId} = ${products.id}`
    return {
      key: `collection ${id}`,
      from: sql`${products}`,
      where: sql`${isPublished} and exists (select ${members})`,
      order: [sql`(select ${collectionProducts.position} ${members})`, sql`${products.id}`],
      dependsOn: scopeDependencies({ kind: 'collection', id, by: 'manual' }),
    }
  }
  return {
    key: `rules ${match} ${JSON.stringify(rules)}`,
    from: sql`${products}`,
    where: sql`${isPublished} and ${rulesCondition(match, rules)}`,
    order: newestFirst,
    dependsOn: scopeDependencies({ kind: 'collection', by: 'rule', match, rules }),
  }
}

function rulesCondition(match: 'all' | 'any', rules: CollectionRule[]): SQL {
  const conditions = rules.map(ruleCondition)
  return (match === 'all' ? and(...conditions) : or(...conditions)) ?? sql`false`
}

/** The same rule in memory is in collection-rules.ts. */
function ruleCondition({ field, value }: CollectionRule): SQL {
  if (field === 'tag')
    return sql`exists (select from unnest(${products.tags}) as own(tag) where lower(own.tag) = lower(${value}))`
  return sql`lower(${products[field]}) = lower(${value})`
}
