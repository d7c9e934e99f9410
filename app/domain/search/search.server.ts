import { and, or, type SQL, sql } from 'drizzle-orm'
import type { Sort } from '#app/domain/storefront/listing.ts'
import { sortedBy } from '#app/domain/storefront/listing.server.ts'
import { listCards } from '#app/domain/storefront/cards.server.ts'
import { pageSize, type ProductCard } from '#app/domain/storefront/storefront.ts'
import { isPublished } from '#app/domain/products/published.server.ts'
import { db } from '#db/client.ts'
import { products, variants } from '#db/schema/index.ts'
import { containsPattern } from '#app/domain/like.ts'
import { queryWords } from './search.ts'

export type SearchResult = { cards: ProductCard[]; count: number; pages: number }

/**
 * Published products that contain every word in title, type, vendor, tags or SKU; a word of four letters or more may be
 * misspelled in the title. Best title match first, unless another order is wanted. Null when there is no such page.
 */
export async function searchProducts(
  query: string,
  page: number,
  sort: Sort = 'featured',
): Promise<SearchResult | null> {
  const words = queryWords(query)
  if (words.length === 0) return page === 1 ? { cards: [], count: 0, pages: 1 } : null
  const rank = sql`case
      when lower(${products.title}) = ${query.toLowerCase()} then 3
      when lower(${products.title}) like ${containsPattern(words.join(' '))} then 2
      else word_similarity(${words.join(' ')}, lower(${products.title})) end`
  const rows = await db
    .select({ id: products.id, count: sql<number>`(count(*) over ())::int` })
    .from(products)
    .where(and(isPublished, ...words.map(holds)))
    .orderBy(...(sort === 'featured' ? [sql`${rank} desc`, products.title, products.id] : sortedBy(sort)))
    .limit(pageSize)
    .offset((page - 1) * pageSize)
  if (rows.length === 0 && page > 1) return null
  const count = rows[0]?.count ?? 0
  return {
    cards: await listCards(rows.map(({ id }) => id)),
    count,
    pages: Math.max(1, Math.ceil(count / pageSize)),
  }
}

function holds(word: string): SQL | undefined {
  const pattern = containsPattern(word)
  return or(
    sql`lower(${products.title}) like ${pattern}`,
    word.length >= 4 ? sql`${word} <% lower(${products.title})` : undefined,
    sql`lower(${products.type}) like ${pattern}`,
    sql`lower(${products.vendor}) like ${pattern}`,
    sql`exists (select from unnest(${products.tags}) as own(tag) where lower(own.tag) like ${pattern})`,
    sql`${products.id} in (select ${variants.productId} from ${variants} where ${variants.sku} <> '' and lower(${variants.sku}) = ${word})`,
  )
}
