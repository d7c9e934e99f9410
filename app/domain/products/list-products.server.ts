import { and, asc, count, desc, eq, exists, gt, ilike, or, type SQL, sql } from 'drizzle-orm'
import { containsPattern } from '#app/domain/like.ts'
import { firstImage } from './first-image.server.ts'
import { db } from '#db/client.ts'
import { productImages, products, variants } from '#db/schema/catalog.ts'
import { media } from '#db/schema/media.ts'

/** The filters with a tab, and those that only the store health page leads to. */
export const productTabs = [
  'all',
  'active',
  'draft',
  'archived',
  'low-stock',
  'no-price',
  'without-image',
] as const
export type ProductTab = (typeof productTabs)[number]
export const productFilters = [...productTabs, 'no-alt-text', 'negative-stock'] as const
export type ProductFilter = (typeof productFilters)[number]
export const productSorts = ['updated', 'title', 'price-ascending', 'price-descending'] as const
export type ProductSort = (typeof productSorts)[number]

export const productsPerPage = 50

export type ProductListRow = Awaited<ReturnType<typeof listProductsForStaff>>['products'][number]

/**
 * One page of all products, whatever their status, with the total count. `query` matches part of a title, a handle, a
 * vendor, or a whole SKU or barcode. Pages count from 1.
 */
export async function listProductsForStaff(input: {
  filter: ProductFilter
  sort: ProductSort
  query: string
  page: number
  lowStock: number
}) {
  const where = isListed(input)
  const [rows, [total]] = await Promise.all([
    db
      .select({
        id: products.id,
        title: products.title,
        handle: products.handle,
        status: products.status,
        publishedAt: products.publishedAt,
        vendor: products.vendor,
        type: products.type,
        priceMin: products.priceMin,
        priceMax: products.priceMax,
        stock: sql<
          number | null
        >`(select sum(v.stock)::int from ${variants} v where v.product_id = products.id and v.track_stock)`,
        variantCount: sql<number>`(select count(*)::int from ${variants} v where v.product_id = products.id)`,
        /** Of a product with one variant. */
        onlyVariantId: sql<
          number | null
        >`(select case when count(*) = 1 then min(v.id) end from ${variants} v where v.product_id = products.id)`.mapWith(
          toId,
        ),
        image: thumbnail(),
      })
      .from(products)
      .where(where)
      .orderBy(...sortBy(input.sort))
      .limit(productsPerPage)
      .offset((input.page - 1) * productsPerPage),
    db.select({ count: count() }).from(products).where(where),
  ])
  return { products: rows, total: total!.count }
}

export type ProductSelection = { filter: ProductFilter; query: string; lowStock: number }

/** The IDs of all listed products, in the order of their creation, up to 100 at a time. */
export async function* readListedProducts(selection: ProductSelection): AsyncGenerator<number[]> {
  for (let last = 0; ;) {
    const rows = await db
      .select({ id: products.id })
      .from(products)
      .where(and(isListed(selection), gt(products.id, last)))
      .orderBy(asc(products.id))
      .limit(100)
    if (rows.length === 0) return
    yield rows.map(({ id }) => id)
    last = rows.at(-1)!.id
  }
}

function isListed({ filter, query, lowStock }: ProductSelection): SQL | undefined {
  return and(matchesFilter(filter, lowStock), matchesQuery(query))
}

const toId = (id: string | null) => (id === null ? null : Number(id))

/** The number of products in each tab. */
export async function countProducts(lowStock: number): Promise<Record<ProductTab, number>> {
  const matching = (filter: ProductTab) =>
    sql<number>`(count(*) filter (where ${matchesFilter(filter, lowStock) ?? sql`true`}))::int`
  const [row] = await db
    .select({
      all: matching('all'),
      active: matching('active'),
      draft: matching('draft'),
      archived: matching('archived'),
      'low-stock': matching('low-stock'),
      'no-price': matching('no-price'),
      'without-image': matching('without-image'),
    })
    .from(products)
  return row!
}

/** The number of active products that are low in stock. */
export function countLowStock(lowStock: number): Promise<number> {
  return db.$count(products, matchesFilter('low-stock', lowStock))
}

/** The number of products of one filter; `lowStock` is the threshold of the filter for low stock. */
export function countProductsOf(filter: ProductFilter, lowStock = 0): Promise<number> {
  return db.$count(products, matchesFilter(filter, lowStock))
}

/** Values that other products use, offered as suggestions. */
export async function listProductFilterValues(): Promise<{ vendors: string[]; types: string[] }> {
  const [vendors, types] = await Promise.all([
    db.selectDistinct({ word: products.vendor }).from(products).orderBy(asc(products.vendor)).limit(200),
    db.selectDistinct({ word: products.type }).from(products).orderBy(asc(products.type)).limit(200),
  ])
  return { vendors: valuesOf(vendors), types: valuesOf(types) }
}

function valuesOf(rows: { word: string }[]): string[] {
  return rows.map((row) => row.word).filter(Boolean)
}

export type Thumbnail = { hash: string; width: number; height: number; color: string | null } | null

/**
 * The product's first image that can be shown, as JSON. In subqueries of this file the outer table is written out:
 * Drizzle omits the table name of a selected column when the query has only one table.
 */
export function thumbnail() {
  return sql<Thumbnail>`(select json_build_object('hash', image.hash, 'width', image.width, 'height', image.height, 'color', image.color)
    from ${firstImage(db)})`
}

function matchesFilter(filter: ProductFilter, lowStock: number): SQL | undefined {
  const hasVariant = (condition: SQL) =>
    sql`exists (select from ${variants} v where v.product_id = products.id and ${condition})`
  switch (filter) {
    case 'all':
      return undefined
    case 'low-stock':
      return sql`${products.status} = 'active'
        and ${hasVariant(sql`v.track_stock and not v.allow_backorder and v.stock <= ${lowStock}`)}`
    case 'no-price':
      return hasVariant(sql`coalesce(v.price, 0) = 0`)
    case 'negative-stock':
      return hasVariant(sql`v.track_stock and v.stock < 0`)
    case 'without-image':
      return sql`not exists (select from ${productImages} i join ${media} m on m.hash = i.media_hash
        where i.product_id = products.id and m.status <> 'failed')`
    case 'no-alt-text':
      return sql`exists (select from ${productImages} i where i.product_id = products.id and i.alt = '')`
    default:
      return eq(products.status, filter)
  }
}

function matchesQuery(query: string): SQL | undefined {
  if (query === '') return undefined
  const part = containsPattern(query)
  return or(
    sql`lower(${products.title}) like ${part.toLowerCase()}`,
    ilike(products.handle, part),
    ilike(products.vendor, part),
    exists(
      db
        .select({ one: sql`1` })
        .from(variants)
        .where(
          sql`${variants.productId} = products.id and (${variants.sku} = ${query} or ${variants.barcode} = ${query})`,
        ),
    ),
  )
}

function sortBy(sort: ProductSort): SQL[] {
  switch (sort) {
    case 'updated':
      return [desc(products.updatedAt), asc(products.id)]
    case 'title':
      return [asc(sql`lower(${products.title})`), asc(products.id)]
    case 'price-ascending':
      return [sql`${products.priceMin} asc nulls last`, asc(products.id)]
    case 'price-descending':
      return [sql`${products.priceMax} desc nulls last`, asc(products.id)]
  }
}
