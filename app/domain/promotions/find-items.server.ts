import { asc, count, inArray, sql } from 'drizzle-orm'
import { containsPattern } from '#app/domain/like.ts'
import { thumbnail } from '#app/domain/products/list-products.server.ts'
import { db } from '#db/client.ts'
import { collections, products } from '#db/schema/index.ts'
import { maxChosen } from './promotions.ts'

const foundShown = 20

export type PickerProduct = Awaited<ReturnType<typeof listByIds>>[number]
export type FoundProducts = { products: PickerProduct[]; total: number } | null

/** The collections that a promotion can be limited to, by title. */
export function listCollectionChoices() {
  return db
    .select({ id: collections.id, title: collections.title })
    .from(collections)
    .orderBy(asc(collections.title), asc(collections.id))
    .limit(1_000)
}

/**
 * What the form shows of its typed fields: the products that are chosen, and for each typed search the products that
 * match.
 */
export async function findItems(typed: Record<string, unknown>) {
  const [chosen, found, getFound] = await Promise.all([
    listByIds([...idsOf(typed.productIds), ...idsOf(typed.getProductIds)]),
    search(typed.q),
    search(typed.getQ),
  ])
  return { chosen, found, getFound }
}

/** Whether the form was sent to search: by a search's button, or by Enter after a search was typed. */
export function isSearch(typed: Record<string, unknown>): boolean {
  const isNew = (query: unknown, before: unknown) => query !== undefined && query !== (before ?? '')
  return (
    typed.find === 'on' ||
    (typed.enter === 'on' && (isNew(typed.q, typed.searched) || isNew(typed.getQ, typed.getSearched)))
  )
}

const columns = () => ({
  id: products.id,
  title: products.title,
  vendor: products.vendor,
  image: thumbnail(),
})

/** These products, by title. */
export function listByIds(ids: number[]) {
  return db
    .select(columns())
    .from(products)
    .where(inArray(products.id, [0, ...ids]))
    .orderBy(asc(products.title), asc(products.id))
}

async function search(query: unknown): Promise<FoundProducts> {
  if (typeof query !== 'string' || query === '') return null
  const part = containsPattern(query.toLowerCase().slice(0, 200))
  const where = sql`(lower(${products.title}) like ${part} or lower(${products.vendor}) like ${part})`
  const [rows, [total]] = await Promise.all([
    db
      .select(columns())
      .from(products)
      .where(where)
      .orderBy(asc(products.title), asc(products.id))
      .limit(foundShown),
    db.select({ count: count() }).from(products).where(where),
  ])
  return { products: rows, total: total!.count }
}

function idsOf(typed: unknown): number[] {
  const texts: unknown[] = [typed ?? []].flat()
  const isId = (text: unknown): text is string => typeof text === 'string' && /^[1-9]\d{0,14}$/.test(text)
  return texts.filter(isId).slice(0, maxChosen).map(Number)
}
