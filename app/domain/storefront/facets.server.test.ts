import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { inArray, sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { transaction } from '#db/client.ts'
import { products, stockLedger, variants } from '#db/schema/index.ts'
import { isPublished } from '#app/domain/products/published.server.ts'
import { createShop } from '#tests/support/cast.ts'
import { countFacets, matching, type OracleProduct, unfiltered } from '#tests/support/facets-oracle.ts'
import { insertApproved } from '#tests/support/reviews.ts'
import { listFacets } from './facets.server.ts'
import type { Facet } from './facets.ts'
import { emptyListing, type Filters, ratings } from './listing.ts'
import { countProducts, listProducts } from './listing.server.ts'
import type { Scope } from './scope.server.ts'

beforeAll(async () => {
  await createShop()
})

/** Creates these products, and returns the scope of only them. */
async function createCatalog(catalog: OracleProduct[]): Promise<Scope> {
  const scope = { key: null, dependsOn: [], from: sql`${products}`, order: [sql`${products.id}`] }
  if (catalog.length === 0) return { ...scope, where: sql`false` }
  const rows = catalog.map(({ title, isPublished, vendor, type, tags, optionNames, variants: own }) => {
    const prices = own.flatMap(({ price }) => price ?? [])
    return {
      ...{ handle: randomUUID(), title, vendor, type, tags, optionNames },
      ...{ status: isPublished ? ('active' as const) : ('draft' as const), publishedAt: sql`now()` },
      priceMin: prices.length ? Math.min(...prices) : null,
      priceMax: prices.length ? Math.max(...prices) : null,
    }
  })
  return transaction(async (tx) => {
    const ids = (await tx.insert(products).values(rows).returning({ id: products.id })).map(({ id }) => id)
    const made = await tx
      .insert(variants)
      .values(
        catalog.flatMap((product, of) =>
          product.variants.map(({ values, ...rest }, index) => ({
            ...{ productId: ids[of]!, position: index + 1, optionValues: values },
            ...rest,
          })),
        ),
      )
      .returning({ variantId: variants.id, delta: variants.stock, balance: variants.stock })
    for (const [index, { reviews }] of catalog.entries()) await insertApproved(tx, ids[index]!, reviews)
    const stocked = made.filter(({ delta }) => delta !== 0)
    if (stocked.length > 0)
      await tx.insert(stockLedger).values(stocked.map((row) => ({ ...row, reason: 'initial' as const })))
    return { ...scope, where: sql`${isPublished} and ${inArray(products.id, ids)}` }
  })
}

const price = fc.integer({ min: 0, max: 6 }).map((n) => n * 100)
const sizes = ['S', 's', 'M', '41', '42']
const colors = ['Red', 'red', 'Blue', 'Éblouissant', 'éblouissant']
const vendors = ['Hill & Co', 'Müller', 'hill & co']
const types = ['Shirt', 'Shoe']
const tags = ['new', 'sale', 'New']

const variantFacts = fc.record({
  price: fc.option(price, { freq: 6 }),
  stock: fc.integer({ min: 0, max: 1 }),
  trackStock: fc.boolean(),
  allowBackorder: fc.integer({ max: 5, min: 0 }).map((n) => n === 0),
})

const optionSets: [string, string[]][][] = [
  [],
  [['Size', sizes]],
  [
    ['size', sizes],
    ['Color', colors],
  ],
  [
    ['COLOR', colors],
    ['Size', sizes],
  ],
]

const product = fc.constantFrom(...optionSets).chain((options) =>
  fc.record({
    title: fc.constantFrom('Boot', 'Tee'),
    isPublished: fc.integer({ max: 5, min: 0 }).map((n) => n > 0),
    vendor: fc.constantFrom('', ...vendors),
    type: fc.constantFrom('', ...types),
    tags: fc.subarray(tags),
    reviews: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 3 }),
    optionNames: fc.constant(options.map(([name]) => name)),
    variants: fc
      .uniqueArray(fc.tuple(...options.map(([, values]) => fc.constantFrom(...values))), {
        selector: (values) => values.join('/'),
        ...{ minLength: 1, maxLength: 4 },
      })
      .chain((all) =>
        fc.tuple(...all.map((values) => variantFacts.map((facts) => ({ values: values, ...facts })))),
      ),
  }),
)

const some = <T>(values: T[]): fc.Arbitrary<T[]> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant<T[]>([]) }, fc.subarray(values))

const filters: fc.Arbitrary<Filters> = fc.record({
  minPrice: fc.option(price),
  maxPrice: fc.option(price),
  availability: some<'1' | '0'>(['1', '0']),
  ratings: some([...ratings]),
  vendors: some([...vendors, 'Nobody']),
  types: some(types),
  tags: some(tags),
  options: fc
    .record({ size: some(['s', 'm', '41', '43']), Color: some(['RED', 'blue', 'éblouissant']) })
    .map((chosen) =>
      Object.entries(chosen).flatMap(([name, values]) => (values.length > 0 ? [{ name, values }] : [])),
    ),
})

const counts = (facets: Facet[]) => new Map(facets.map(({ value, count }) => [value, count]))

test('facets and lists are what a plain count of the same catalog finds, for any filters', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(product, { maxLength: 12 }),
      fc.array(filters, { minLength: 4, maxLength: 6 }),
      async (catalog, each) => {
        const scope = await createCatalog(catalog)
        for (const chosen of [unfiltered, ...each]) {
          const expected = countFacets(catalog, chosen)
          const { facets: made } = await listFacets(scope, chosen)
          const { prices, inStock, outOfStock } = made
          const count = await countProducts(scope, chosen)
          expect({ count, prices, inStock, outOfStock }).toEqual({
            ...{ count: expected.count, prices: expected.prices },
            ...{ inStock: expected.inStock, outOfStock: expected.outOfStock },
          })
          for (const group of ['ratings', 'vendors', 'types', 'tags'] as const) {
            const all: ReadonlyMap<string, number> = expected[group]
            const missing = chosen[group].filter((value) => !all.has(value))
            expect(counts(made[group])).toEqual(
              new Map([...all, ...missing.map((value) => [value, 0] as const)]),
            )
          }
          const options = made.options.flatMap(({ name, values }) =>
            values
              .filter((facet) => facet.count > 0 || !facet.isChosen)
              .map((facet) => [`${name}=${facet.value}`.toLowerCase(), facet.count] as const),
          )
          const shown = [...expected.options].filter(
            ([key, n]) => n > 0 || options.some(([own]) => own === key),
          )
          expect(new Map(options)).toEqual(new Map(shown))
          const cards = await listProducts(scope, { ...emptyListing, ...chosen })
          expect(cards!.map(({ title }) => title)).toEqual(
            matching(catalog, chosen).map(({ title }) => title),
          )
        }
      },
    ),
    { numRuns: 60 },
  )
})

const boot = (values: string[], facts: Partial<OracleProduct> = {}): OracleProduct => ({
  ...{ title: 'Boot', isPublished: true, vendor: '', type: '', tags: [], reviews: [], optionNames: ['Size'] },
  variants: values.map((value) => ({
    ...{ values: [value], price: 100, stock: 1, trackStock: true, allowBackorder: false },
  })),
  ...facts,
})

test('the most frequent spelling is shown, and a product counts once for all of its spellings', async () => {
  const scope = await createCatalog([
    boot(['red', 'RED'], { optionNames: ['color'] }),
    boot(['Red'], { optionNames: ['Color'] }),
    boot(['Red'], { optionNames: ['Color'] }),
  ])
  const { facets } = await listFacets(scope, unfiltered)
  expect(facets.options).toEqual([
    { name: 'color', label: 'Color', values: [{ value: 'Red', count: 3, isChosen: false }] },
  ])
})

test('a group lists its twelve most frequent values and the chosen ones; options are limited, too', async () => {
  const vendor = (n: number) => `Vendor ${String(n).padStart(2, '0')}`
  const scope = await createCatalog([
    ...Array.from({ length: 15 }, (_, n) => boot(['M'], { vendor: vendor(n) })),
    boot(['M'], { vendor: vendor(14) }),
    ...Array.from({ length: 9 }, (_, n) => boot(['x'], { optionNames: [`Option ${n}`] })),
    boot(
      Array.from({ length: 30 }, (_, n) => `value ${n}`),
      { optionNames: ['Many'] },
    ),
  ])
  const byVendor = await listFacets(scope, { ...unfiltered, vendors: [vendor(13)] })
  expect(byVendor.facets.vendors.map(({ value }) => value)).toEqual([14, ...range(0, 10), 13].map(vendor))
  const options = [{ name: 'option 8', values: ['x'] }]
  const { facets } = await listFacets(scope, { ...unfiltered, options })
  // The options with the most values in products, those with the same number by name, and the chosen one.
  expect(facets.options.map(({ name }) => name)).toEqual([
    ...['many', 'size', 'option 0', 'option 1', 'option 2', 'option 3', 'option 4', 'option 5', 'option 8'],
  ])
  expect(facets.options[0]!.values).toHaveLength(24)
})

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n)

test('the counted products are named only in a small scope', async () => {
  const small = await createCatalog([boot(['M']), boot(['L'])])
  expect((await listFacets(small, { ...unfiltered, types: ['none'] })).productIds).toHaveLength(2)
  const large = await createCatalog(range(1, 251).map(() => boot(['M'])))
  expect((await listFacets(large, unfiltered)).productIds).toBeNull()
})
