import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { isPublished } from '#app/domain/products/published.server.ts'
import { db } from '#db/client.ts'
import { collections, handleHistory, pages, products } from '#db/schema/index.ts'
import { isPublishedPage } from '#app/domain/pages/pages.server.ts'
import { isPublishedCollection } from './collections.server.ts'

export type HandleKind = (typeof handleHistory.$inferSelect)['kind']

/**
 * The current handle of the product, collection or page that had this one before. Null when there is none that shoppers
 * can see, and while the handle is in use again, also by one that is not published.
 */
export async function getRenamedTo(kind: HandleKind, handle: string): Promise<string | null> {
  const isFormer = and(eq(handleHistory.kind, kind), eq(handleHistory.handle, handle))
  const [found] = await finders[kind](isFormer, handle)
  return found?.handle ?? null
}

type Find = (isFormer: SQL | undefined, handle: string) => PromiseLike<{ handle: string }[]>

const finders = {
  product: (isFormer, handle) =>
    db
      .select({ handle: products.handle })
      .from(handleHistory)
      .innerJoin(products, eq(products.id, handleHistory.productId))
      .where(and(isFormer, isPublished, unused.product(handle))),
  collection: (isFormer, handle) =>
    db
      .select({ handle: collections.handle })
      .from(handleHistory)
      .innerJoin(collections, eq(collections.id, handleHistory.collectionId))
      .where(and(isFormer, isPublishedCollection, unused.collection(handle))),
  page: (isFormer, handle) =>
    db
      .select({ handle: pages.handle })
      .from(handleHistory)
      .innerJoin(pages, eq(pages.id, handleHistory.pageId))
      .where(and(isFormer, isPublishedPage, unused.page(handle))),
} satisfies Record<HandleKind, Find>

/**
 * Whether this was the handle of a product, collection or page that was deleted. False while another one has it or had
 * it, also one that is not published.
 */
export async function isDeletedHandle(kind: HandleKind, handle: string): Promise<boolean> {
  const { productId, collectionId, pageId } = handleHistory
  const isOfNothing = and(isNull(productId), isNull(collectionId), isNull(pageId))
  const isDeleted = and(eq(handleHistory.kind, kind), eq(handleHistory.handle, handle), isOfNothing)
  return (await db.$count(handleHistory, and(isDeleted, unused[kind](handle)))) > 0
}

const unused = {
  product: (handle) => isUnused(products, handle),
  collection: (handle) => isUnused(collections, handle),
  page: (handle) => isUnused(pages, handle, sql`other.kind = 'page'`),
} satisfies Record<HandleKind, (handle: string) => SQL>

const isUnused = (
  table: typeof products | typeof collections | typeof pages,
  handle: string,
  isOfKind = sql`true`,
) => sql`not exists (select from ${table} as other where other.handle = ${handle} and ${isOfKind})`
