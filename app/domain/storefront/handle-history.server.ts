import { and, eq, sql } from 'drizzle-orm'
import { isPublished } from '#app/domain/products/published.server.ts'
import { db } from '#db/client.ts'
import { collections, handleHistory, products } from '#db/schema/index.ts'
import { isPublishedCollection } from './collections.server.ts'

export type HandleKind = (typeof handleHistory.$inferSelect)['kind']

/**
 * The current handle of the product or collection that had this one before. Null when there is none that shoppers can
 * see, and while the handle is in use again, also by one that is not published.
 */
export async function getRenamedTo(kind: HandleKind, handle: string): Promise<string | null> {
  const isFormer = and(eq(handleHistory.kind, kind), eq(handleHistory.handle, handle))
  const [found] =
    kind === 'product'
      ? await db
          .select({ handle: products.handle })
          .from(handleHistory)
          .innerJoin(products, eq(products.id, handleHistory.productId))
          .where(and(isFormer, isPublished, isUnused(products, handle)))
      : await db
          .select({ handle: collections.handle })
          .from(handleHistory)
          .innerJoin(collections, eq(collections.id, handleHistory.collectionId))
          .where(and(isFormer, isPublishedCollection, isUnused(collections, handle)))
  return found?.handle ?? null
}

const isUnused = (table: typeof products | typeof collections, handle: string) =>
  sql`not exists (select from ${table} as other where other.handle = ${handle})`
