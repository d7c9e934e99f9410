import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { findProducts, listedColumns } from '#app/domain/products/find-products.server.ts'
import { db } from '#db/client.ts'
import { collectionProducts, products } from '#db/schema/catalog.ts'

/**
 * One page of the products that are not in the collection, by part of title or vendor (all for an empty query), and
 * their total count. Pages count from 1.
 */
export function searchNonMembers(collectionId: number, query: string, page: number) {
  return findProducts(isNoMember(collectionId), query, page)
}

/** Those of the selected products that can still be added, by title. */
export async function listPicked(collectionId: number, ids: number[]) {
  return db
    .select(listedColumns())
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
