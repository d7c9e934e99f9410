import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { listFacets } from '#app/domain/storefront/facets.server.ts'
import type { CountedFacets } from '#app/domain/storefront/facets.ts'
import { type Filters, ratings } from '#app/domain/storefront/listing.ts'
import { countProducts } from '#app/domain/storefront/listing.server.ts'
import type { Scope } from '#app/domain/storefront/scope.server.ts'
import { db } from '#db/client.ts'
import { products, stockLedger, variants } from '#db/schema/index.ts'
import { createShop } from '#tests/support/cast.ts'
import { asSuperuser } from '#tests/support/database.ts'
import { unfiltered } from '#tests/support/facets-oracle.ts'
import { insertApproved } from '#tests/support/reviews.ts'
import { countByBitmaps } from './bitmaps.server.ts'
import { refreshSearchWords } from './refresh-words.server.ts'
import { searchScope, understand } from './search.server.ts'

beforeEach(async () => {
  await createShop()
  await asSuperuser(
    (psql) =>
      psql`truncate products, search_words, search_deletions, search_queue, search_bitmaps, search_facets cascade`,
  )
})

const product = fc.record({
  title: fc.constantFrom<string>('Garden lantern', 'Lantern', 'Desk lamp', 'Garden chair'),
  vendor: fc.constantFrom<string>('', 'Hill & Co', 'Müller', 'hill & co'),
  type: fc.constantFrom<string>('', 'Light', 'Chair'),
  tags: fc.subarray<string>(['new', 'sale', 'New']),
  isPublished: fc.integer({ min: 0, max: 5 }).map((n) => n > 0),
  colors: fc.uniqueArray(fc.constantFrom<string>('Red', 'Blue', 'Green'), { minLength: 1 }),
  sizes: fc.array(fc.constantFrom<string>('S', 'M'), { minLength: 3, maxLength: 3 }),
  prices: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 3, maxLength: 3 }),
  stock: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 3, maxLength: 3 }),
  reviews: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 3 }),
})

type Made = typeof product extends fc.Arbitrary<infer T> ? T : never

async function create(catalog: Made[]): Promise<number[]> {
  const ids: number[] = []
  for (const { title, vendor, type, tags, isPublished, colors, sizes, prices, stock, reviews } of catalog) {
    const used = prices.slice(0, colors.length)
    const [row] = await db
      .insert(products)
      .values({
        ...{
          handle: randomUUID(),
          title,
          vendor,
          type,
          tags,
          optionNames: ['Color', 'Size'],
          publishedAt: sql`now()`,
        },
        ...{
          status: isPublished ? 'active' : 'draft',
          priceMin: Math.min(...used),
          priceMax: Math.max(...used),
        },
      })
      .returning({ id: products.id })
    const productId = row!.id
    const made = await db
      .insert(variants)
      .values(
        colors.map((color, index) => ({
          ...{ productId, position: index + 1, optionValues: [color, sizes[index]!] },
          ...{ price: prices[index]!, stock: stock[index]! },
        })),
      )
      .returning({ variantId: variants.id, delta: variants.stock, balance: variants.stock })
    const stocked = made.filter(({ delta }) => delta > 0)
    if (stocked.length > 0)
      await db.insert(stockLedger).values(stocked.map((line) => ({ ...line, reason: 'initial' as const })))
    await insertApproved(db, productId, reviews)
    ids.push(productId)
  }
  return ids
}

/** With every word and value, so that all have a bitmap. */
const every: Made[] = ['Hill & Co', 'Müller', 'hill & co'].map((vendor, index) => ({
  ...{
    title: 'Garden lantern, desk lamp, chair',
    vendor,
    type: index === 0 ? 'Light' : 'Chair',
    isPublished: true,
  },
  ...{ tags: ['new', 'sale', 'New'], colors: ['Red', 'Blue', 'Green'], sizes: ['S', 'M', 'S'] },
  ...{ prices: [2, 2, 2], stock: [1, 1, 1], reviews: [5] },
}))

const some = <T>(values: T[]) => fc.oneof(fc.constant<T[]>([]), fc.subarray(values))

const price = fc.option(fc.integer({ min: 1, max: 4 }))

const filters: fc.Arbitrary<Filters> = fc.record({
  ...{ minPrice: price, maxPrice: price, availability: some<'1' | '0'>(['1', '0']) },
  ratings: some([...ratings]),
  ...{
    vendors: some(['Hill & Co', 'Müller', 'Nobody']),
    types: some(['Light', 'Chair']),
    tags: some(['new', 'sale']),
  },
  options: fc
    .record({ color: some(['red', 'Blue', 'Gold']), Size: some(['S', 'm']) })
    .map((chosen) =>
      Object.entries(chosen).flatMap(([name, values]) => (values.length > 0 ? [{ name, values }] : [])),
    ),
})

/** By what the product is; the others need variants. */
const productFilters = filters.map((all) => ({
  ...unfiltered,
  ratings: all.ratings,
  vendors: all.vendors,
  types: all.types,
  tags: all.tags,
}))

/** Of which variants are read only for prices. */
const availabilityFilters = filters.map(({ availability }) => ({ ...unfiltered, availability }))

/** The same products without the ways that a search has of its own. */
const plain = ({ count: _, countFacets: __, first: ___, narrow: ____, ...scope }: Scope): Scope => scope

const queries = ['garden lantern', 'chair', 'gard', 'lamtern']

const sorted = ({ facets, productIds }: CountedFacets) => ({ facets, productIds: productIds?.toSorted() })

/** The order of a query that many products match, in one statement. */
async function listBroadly(query: string, words: string): Promise<number[]> {
  const rows = await db.execute<{ id: number }>(sql`
    select product_id::float8 as id from search_documents d where words @@ ${words}::tsquery
    order by title = search_title(${query}) desc, title_words @@ ${words}::tsquery desc, is_available desc, sales desc,
      product_id`)
  return rows.map(({ id }) => id)
}

/** Facets of all queries, counted in three ways: one by one, from documents, and by bitmaps if there are any. */
async function expectSame(filter: Filters, countsByBitmaps: boolean) {
  for (const query of queries) {
    const understood = await understand(query)
    const one = await listFacets(plain(searchScope(understood)), filter)
    const fromDocuments = await listFacets(searchScope(understood), filter)
    expect(sorted(fromDocuments), `${query} from documents`).toEqual(sorted(one))
    const scope = searchScope(understood)
    expect(await countProducts(scope, filter)).toBe(await countProducts(plain(scope), filter))
    if (!countsByBitmaps || understood.words === null) continue
    const broad = searchScope({ ...understood, size: Infinity })
    const { facets } = await listFacets(broad, filter)
    expect(facets, `${query} by bitmaps`).toEqual(one.facets)
    expect(await countProducts(broad, filter)).toBe(await countProducts(plain(broad), filter))
    const listed = await listBroadly(query, understood.words)
    for (let offset = 0; offset <= listed.length; offset += 2)
      expect(await broad.first!({ limit: 2, offset }), `order of ${query}`).toEqual(
        listed.slice(offset, offset + 2),
      )
  }
}

test('facets and order are the same however they are found, and follow changes of the products', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(product, { minLength: 1, maxLength: 15 }),
      fc.array(product, { maxLength: 3 }),
      fc.array(
        fc.record({
          at: fc.nat(),
          stock: fc.integer({ min: 0, max: 1 }),
          title: fc.constantFrom('Lantern', 'Chair'),
          stars: fc.integer({ min: 1, max: 5 }),
        }),
        { maxLength: 4 },
      ),
      fc.array(fc.oneof(filters, productFilters, availabilityFilters), { minLength: 2, maxLength: 2 }),
      async (catalog, added, changes, each) => {
        const expectEach = async (countsByBitmaps: boolean) => {
          for (const filter of each) await expectSame(filter, countsByBitmaps)
        }
        await asSuperuser((psql) => psql`truncate products, search_queue, search_bitmaps cascade`)
        const ids = (await create([...every, ...catalog])).slice(every.length)
        await refreshSearchWords()
        await expectEach(false)
        await db.execute(sql`select rebuild_search_bitmaps(0)`)
        const expectBitmaps = async () => expect(await countByBitmaps([['lantern']], [])).not.toBeNull()
        await expectBitmaps()
        await expectEach(true)
        for (const { at, stock, title, stars } of changes) {
          const id = ids[at % ids.length]!
          await insertApproved(db, id, [stars])
          await db
            .update(products)
            .set({ title })
            .where(sql`id = ${id}`)
          if (stock === 0)
            await db
              .update(products)
              .set({ status: 'draft' })
              .where(sql`id = ${id + 1}`)
          await db
            .update(variants)
            .set({ trackStock: stock === 1 })
            .where(sql`product_id = ${id}`)
        }
        if (ids.length > 1) await db.delete(products).where(sql`id = ${ids[0]!}`)
        await create(added)
        await refreshSearchWords()
        await expectBitmaps()
        await expectEach(true)
      },
    ),
    { numRuns: 12 },
  )
}, 240_000)
