import { describe, expect, it, test } from 'vitest'
import { appliedFilters } from './applied-filters.ts'
import { countFilters, emptyListing, listingQuery, pageNumbers } from './listing.ts'
import { parseListing } from './listing.schema.ts'

const euro = { currency: 'EUR', currencyDigits: 2 }
const read = (query: string) => parseListing(new URLSearchParams(query), euro)

describe('a listing’s query string', () => {
  it('is empty for the default listing', () => {
    expect(read('')).toEqual(emptyListing)
    expect(listingQuery(emptyListing, euro)).toBe('')
  })

  it('is parsed back to the same listing', () => {
    const listing = {
      sort: 'price-descending' as const,
      page: 3,
      from: 2,
      minPrice: 1050,
      maxPrice: 9900,
      availability: ['1' as const, '0' as const],
      ratings: ['4' as const, '2' as const],
      options: [
        { name: 'size', values: ['41', 'EU 42'] },
        { name: 'größe & farbe', values: ['Blau'] },
      ],
      vendors: ['Hill & Co', 'Müller'],
      types: ['Shirt'],
      tags: ['new'],
    }
    expect(read(listingQuery(listing, euro))).toEqual(listing)
  })

  it.each(['-1', '0', '1.5', '1e9', '1000000000', 'NaN', '１', "1' or 1=1", ''])('has no page %j', (page) =>
    expect(read(new URLSearchParams({ page }).toString()).page).toBeNull(),
  )

  it.each(['password', 'price_min; drop table products', '__proto__', ''])('is not sorted by %j', (sort) =>
    expect(read(new URLSearchParams({ sort_by: sort }).toString()).sort).toBe('featured'),
  )

  it('ignores invalid prices, and values that no column can contain', () => {
    const listing = read(
      `filter.v.price.gte=cheap&filter.v.price.lte=-5&filter.p.m.reviews.rating=5&filter.p.vendor=%00&filter.p.vendor=&filter.p.tag=${'x'.repeat(300)}`,
    )
    expect(listing).toEqual(emptyListing)
  })

  it('has at most twenty values per filter, each once', () => {
    const many = Array.from({ length: 50 }, (_, n) => `filter.p.tag=${n % 30}`).join('&')
    expect(read(many).tags).toHaveLength(20)
  })
})

it('lists each active filter with the listing without it', () => {
  const options = [{ name: 'size', values: ['41', '42'] }]
  const listing = {
    ...emptyListing,
    page: 4,
    from: 2,
    availability: ['1' as const],
    ratings: ['3' as const],
    options,
    tags: ['a', 'b'],
  }
  const applied = appliedFilters(listing, String, () => 'Size')
  expect(applied.map(({ label }) => label)).toEqual([
    'In stock',
    '3 stars and up',
    'Size: 41',
    'Size: 42',
    'a',
    'b',
  ])
  const first = { ...listing, page: 1, from: 1 }
  expect(applied[2]!.without).toEqual({ ...first, options: [{ name: 'size', values: ['42'] }] })
  expect(applied[4]!.without).toEqual({ ...first, tags: ['b'] })
  expect(applied.find(({ key }) => key === 'option size 42')!.without.options).toEqual([
    { name: 'size', values: ['41'] },
  ])
})

it.each([
  [1, 1, [1]],
  [1, 3, [1, 2, 3]],
  [5, 10, [1, null, 4, 5, 6, null, 10]],
])('page %i of %i links %j', (page, pages, expected) => expect(pageNumbers(page, pages)).toEqual(expected))

test('as many filters are counted as are listed as active', () => {
  const listing = read(
    'sort_by=newest&page=2&filter.v.price.gte=10&filter.v.availability=1&filter.p.m.reviews.rating=4&filter.p.product_type=Lamp&filter.p.product_type=Mug&filter.v.option.size=41',
  )
  const shown = { ...listing, page: 2 }
  expect(countFilters(shown)).toBe(6)
  expect(appliedFilters(shown, String, String)).toHaveLength(6)
  expect(countFilters(emptyListing)).toBe(0)
})

describe('option filters in a query string', () => {
  it('are ten names of twenty values, however many there are', () => {
    const query = Array.from({ length: 5_000 }, (_, n) => `filter.v.option.o${n % 50}=${n}`).join('&')
    const { options } = read(query)
    expect(options).toHaveLength(10)
    expect(new Set(options.map(({ values }) => values.length))).toEqual(new Set([20]))
  })

  it('have one name and one value for spellings that differ in case', () => {
    expect(
      read('filter.v.option.Size=xl&filter.v.option.size=XL&filter.v.option.SIZE=m&filter.v.option.size=+M+')
        .options,
    ).toEqual([{ name: 'Size', values: ['xl', 'm'] }])
  })

  it.each([
    'filter.v.option.=x',
    'filter.v.option.size=',
    'filter.v.option.size=%00',
    'filter.v.option.%00=x',
    `filter.v.option.${'n'.repeat(256)}=x`,
    `filter.v.option.size=${'v'.repeat(256)}`,
    'filter.v.option=x',
    'filter.v.availability=2&filter.v.availability=true',
    'from=3',
    'page=1&from=9',
  ])('are ignored where nothing can have them: %s', (query) => expect(read(query)).toEqual(emptyListing))

  it('may be called like anything', () => {
    const { options } = read(
      'filter.v.option.__proto__=a&filter.v.option.constructor=b&filter.v.option.a.b=c',
    )
    expect(options.map(({ name }) => name)).toEqual(['__proto__', 'constructor', 'a.b'])
  })
})

it.each([
  ['page=3&from=1', 1],
  ['page=3', 3],
  ['page=3&from=4', 3],
  ['page=30&from=1', 23],
  ['page=3&from=x', 3],
])('%s shows pages from %i', (query, from) => expect(read(query).from).toBe(from))

it.each([
  ['created-descending', 'newest'],
  ['best-selling', 'best-selling'],
  ['highest-rated', 'highest-rated'],
  ['constructor', 'featured'],
])('sort_by=%s is the order %s', (sort, expected) => expect(read(`sort_by=${sort}`).sort).toBe(expected))
