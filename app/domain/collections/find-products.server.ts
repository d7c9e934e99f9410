import { and, asc, count, eq, inArray, sql } from 'drizzle-orm'
import { containsPattern } from '#app/domain/like.ts'
import { db } from '#db/client.ts'
import { collectionProducts, products } from '#db/schema/catalog.ts'
import { memberColumns } from './collection-members.server.ts'

export const foundPerPage = 20

export type FoundProduct = Awaited<ReturnType<typeof listPicked>>[number]

/**
 * One page of the products that are not in the collection, by part of title or vendor (all for an empty query), and
 * their total count. Pages count from 1.
 */
export async function searchNonMembers(collectionId: number, query: string, page: number) {
  const part = containsPattern(query.toLowerCase())
  const where = and(
    query === ''
      ? undefined
      : sql`(lower(${products.title}) like ${part} or lower(${products.vendor}) like ${part})`,
    isNoMember(collectionId),
  )
  const [rows, [total]] = await Promise.all([
    db
      .select(memberColumns())
      .from(products)
      .where(where)
      .orderBy(asc(products.title), asc(products.id))
      .limit(foundPerPage)
      .offset((page - 1) * foundPerPage),
    db.select({ count: count() }).from(products).where(where),
  ])
  return { products: rows, total: total!.count }
}

/** Those of the selected products that can still be added, by title. */
export async function listPicked(collectionId: number, ids: number[]) {
  return db
    .select(memberColumns())
    .from(products)
    .where(and(inArray(products.id, [0, ...ids]), isNoMember(collectionId)))
    .orderBy(asc(products.title), asc(products.id))
}

function isNoMember(collectionId: number) {
  const members = db
    .select({ id: collectionProducts.productId })
    .from(collectionProducts)
    .where(eq(collectionProducts.collectionId, collectionId))
  return sql`${products.id} not in ${members}`
}
