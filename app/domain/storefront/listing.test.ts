import { describe, expect, it, test } from 'vitest'
import { appliedFilters, countFilters, emptyListing, listingQuery, pageNumbers } from './listing.ts'
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
      minPrice: 1050,
      maxPrice: 9900,
      onlyAvailable: true,
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
      `filter.v.price.gte=cheap&filter.v.price.lte=-5&filter.p.vendor=%00&filter.p.vendor=&filter.p.tag=${'x'.repeat(300)}`,
    )
    expect(listing).toEqual(emptyListing)
  })

  it('has at most twenty values per filter, each once', () => {
    const many = Array.from({ length: 50 }, (_, n) => `filter.p.tag=${n % 30}`).join('&')
    expect(read(many).tags).toHaveLength(20)
  })
})

it('lists each active filter with the listing without it', () => {
  const listing = { ...emptyListing, page: 4, onlyAvailable: true, tags: ['a', 'b'] }
  const applied = appliedFilters(listing, String)
  expect(applied.map(({ label }) => label)).toEqual(['In stock', 'a', 'b'])
  expect(applied[1]!.without).toEqual({ ...listing, page: 1, tags: ['b'] })
})

it.each([
  [1, 1, [1]],
  [1, 3, [1, 2, 3]],
  [5, 10, [1, null, 4, 5, 6, null, 10]],
])('page %i of %i links %j', (page, pages, expected) => expect(pageNumbers(page, pages)).toEqual(expected))

test('as many filters are counted as are listed as active', () => {
  const listing = read(
    'sort_by=newest&page=2&filter.v.price.gte=10&filter.v.availability=1&filter.p.type=Lamp&filter.p.type=Mug',
  )
  const shown = { ...listing, page: 2 }
  expect(countFilters(shown)).toBe(4)
  expect(appliedFilters(shown, String)).toHaveLength(4)
  expect(countFilters(emptyListing)).toBe(0)
})
