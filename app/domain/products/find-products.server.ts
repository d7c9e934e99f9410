import { and, asc, count, type SQL, sql } from 'drizzle-orm'
import { containsPattern } from '#app/domain/like.ts'
import { db } from '#db/client.ts'
import { products } from '#db/schema/catalog.ts'
import { thumbnail } from './list-products.server.ts'
import { isPublished } from './published.server.ts'

export const foundPerPage = 20

/** What lists of products to add or order show. */
export const listedColumns = () => ({
  id: products.id,
  title: products.title,
  status: products.status,
  isPublished: sql<boolean>`coalesce(${isPublished}, false)`,
  vendor: products.vendor,
  image: thumbnail(),
})

/**
 * One page of the products that meet the condition, by part of title or vendor (all for an empty query), and their
 * total count. Pages count from 1.
 */
export async function findProducts(condition: SQL, query: string, page: number) {
  const part = containsPattern(query.toLowerCase())
  const where = and(
    query === ''
      ? undefined
      : sql`(lower(${products.title}) like ${part} or lower(${products.vendor}) like ${part})`,
    condition,
  )
  const [rows, [total]] = await Promise.all([
    db
      .select(listedColumns())
      .from(products)
      .where(where)
      .orderBy(asc(products.title), asc(products.id))
      .limit(foundPerPage)
      .offset((page - 1) * foundPerPage),
    db.select({ count: count() }).from(products).where(where),
  ])
  return { products: rows, total: total!.count }
}

export type ListedProduct = Awaited<ReturnType<typeof findProducts>>['products'][number]
