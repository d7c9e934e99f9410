import { eq, sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '#db/client.ts'
import { collectionProducts, collections, products } from '#db/schema/index.ts'
import { aProduct } from '#tests/support/cast.ts'
import { getCollection, pathOfProduct } from './collections.server.ts'
import { emptyListing } from './listing.ts'
import { listFacets, listProducts, listRelated, scopeOf } from './listing.server.ts'
import { getProductPage } from './product-page.server.ts'

const all = { kind: 'all' } as const
const ids: Record<string, number> = {}

beforeAll(async () => {
  await shelve('Copper lamp', { price: 5000, type: 'Lamp', tags: ['Bedroom'], vendor: 'Hill' })
  await shelve('Oak lamp', { price: 7000, type: 'lamp', tags: ['Hall'], vendor: 'Hill', stock: 0 })
  await shelve('Wool scarf', { price: 3000, type: 'Scarf', tags: ['bedroom'], vendor: 'Norte' })
  await shelve('Portrait', { price: null, type: 'Art', tags: [], vendor: 'Norte' })
  await shelve('Draft', { price: 100, type: 'Lamp', tags: [], vendor: 'Hill' })
  await db.update(products).set({ status: 'draft' }).where(eq(products.title, 'Draft'))
  await shelve('Tomorrow', { price: 100, type: 'Lamp', tags: [], vendor: 'Hill' })
  await db
    .update(products)
    .set({ publishedAt: sql`now() + interval '1 day'` })
    .where(eq(products.title, 'Tomorrow'))
})

describe('a list of products', () => {
  it('holds what is in the shop window and nothing else', async () => {
    expect((await titles({})).toSorted()).toEqual(['Copper lamp', 'Oak lamp', 'Portrait', 'Wool scarf'])
  })

  it('puts products without a price last, whichever way prices are sorted', async () => {
    expect(await titles({ sort: 'price-ascending' })).toEqual([
      'Wool scarf',
      'Copper lamp',
      'Oak lamp',
      'Portrait',
    ])
    expect(await titles({ sort: 'price-descending' })).toEqual([
      'Oak lamp',
      'Copper lamp',
      'Wool scarf',
      'Portrait',
    ])
  })

  it('is narrowed down by price, availability, vendor, type and tag together', async () => {
    expect(await titles({ minPrice: 3000, maxPrice: 5000, sort: 'title-ascending' })).toEqual([
      'Copper lamp',
      'Wool scarf',
    ])
    expect(await titles({ onlyAvailable: true, vendors: ['Hill'] })).toEqual(['Copper lamp'])
    expect(await titles({ types: ['Lamp', 'Scarf'], tags: ['Bedroom'] })).toEqual(['Copper lamp'])
    expect(await titles({ vendors: ["x' or 1=1 --"] })).toEqual([])
  })

  it('has a first page even when it is empty, and no page after its last', async () => {
    expect(await listProducts(all, { ...emptyListing, tags: ['nowhere'] })).toMatchObject({
      count: 0,
      pages: 1,
    })
    expect(await listProducts(all, { ...emptyListing, page: 2 })).toBeNull()
  })

  it('offers the values it can be narrowed down by', async () => {
    const facets = await listFacets(all)
    expect(facets.vendors).toEqual([
      { value: 'Hill', count: 2 },
      { value: 'Norte', count: 2 },
    ])
    expect(facets.tags).toContainEqual({ value: 'Hall', count: 1 })
  })
})

describe('a collection', () => {
  it('by rule holds what follows all its rules, or any, without regard to case', async () => {
    const rules = [
      { field: 'type' as const, value: 'LAMP' },
      { field: 'tag' as const, value: 'BEDROOM' },
    ]
    const [lamps] = await db
      .insert(collections)
      .values({ handle: 'lamps', title: 'Lamps', kind: 'rule', rules, publishedAt: sql`now()` })
      .returning()
    const inAll = await listProducts(scopeOf(lamps!), emptyListing)
    expect(inAll!.cards.map(({ title }) => title)).toEqual(['Copper lamp'])
    const inAny = await listProducts(scopeOf({ ...lamps!, match: 'any' }), emptyListing)
    expect(inAny!.count).toBe(3)
    const none = await listProducts(scopeOf({ ...lamps!, rules: [] }), emptyListing)
    expect(none!.count).toBe(0)
  })

  it('by hand stands in its order and leads the way to its products', async () => {
    const [house] = await db
      .insert(collections)
      .values({ handle: 'house', title: 'House', publishedAt: sql`now()` })
      .returning()
    const [picks] = await db
      .insert(collections)
      .values({ handle: 'picks', title: 'Picks', parentId: house!.id, publishedAt: sql`now()` })
      .returning()
    await db.insert(collectionProducts).values([
      { collectionId: picks!.id, productId: ids['Wool scarf']!, position: 1 },
      { collectionId: picks!.id, productId: ids['Copper lamp']!, position: 2 },
    ])
    const list = await listProducts(scopeOf(picks!), emptyListing)
    expect(list!.cards.map(({ title }) => title)).toEqual(['Wool scarf', 'Copper lamp'])
    const scarf = { id: ids['Wool scarf']!, type: 'Scarf', vendor: 'Norte', tags: [] }
    expect((await pathOfProduct(scarf)).map(({ handle }) => handle)).toEqual(['house', 'picks'])
    expect((await getCollection('picks'))!.path).toEqual([{ handle: 'house', title: 'House' }])
  })

  it('that is not published is not there', async () => {
    await db.insert(collections).values({ handle: 'later', title: 'Later' })
    expect(await getCollection('later')).toBeNull()
  })
})

it('shows related products from the window only', async () => {
  const related = await listRelated({ id: ids['Copper lamp']!, type: 'Lamp', tags: ['bedroom'] }, 4)
  expect(related.map(({ title }) => title)).toEqual(['Wool scarf'])
})

it('has no page for a product that shoppers cannot see', async () => {
  const [draft] = await db.select().from(products).where(eq(products.title, 'Draft'))
  expect(await getProductPage(draft!.handle)).toBeNull()
  expect(await getProductPage('no-such-product')).toBeNull()
})

async function titles(listing: Partial<typeof emptyListing>): Promise<string[]> {
  const list = await listProducts(all, { ...emptyListing, ...listing })
  return list!.cards.map(({ title }) => title)
}

async function shelve(
  title: string,
  facts: { price: number | null; type: string; tags: string[]; vendor: string; stock?: number },
) {
  const { type, tags, vendor, ...rest } = facts
  const { productId } = await aProduct({ title, ...rest })
  await db.update(products).set({ type, tags, vendor }).where(eq(products.id, productId))
  ids[title] = productId
}
