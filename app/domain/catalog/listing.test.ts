import { describe, expect, it } from 'vitest'
import { appliedFilters, emptyListing, listingQuery, pageNumbers } from './listing.ts'
import { parseListing } from './listing.schema.ts'

const read = (query: string) => parseListing(new URLSearchParams(query), 'EUR')

describe('a list address', () => {
  it('says nothing when it is empty', () => {
    expect(read('')).toEqual(emptyListing)
    expect(listingQuery(emptyListing, 'EUR')).toBe('')
  })

  it('is written the way it is read', () => {
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
    expect(read(listingQuery(listing, 'EUR'))).toEqual(listing)
  })

  it.each(['-1', '0', '1.5', '1e9', '1000000000', 'NaN', '１', "1' or 1=1", ''])('has no page %j', (page) =>
    expect(read(new URLSearchParams({ page }).toString()).page).toBeNull(),
  )

  it.each(['password', 'price_min; drop table products', '__proto__', ''])('is not sorted by %j', (sort) =>
    expect(read(new URLSearchParams({ sort_by: sort }).toString()).sort).toBe('featured'),
  )

  it('ignores prices that are none, and values that no column can hold', () => {
    const listing = read(
      `filter.v.price.gte=cheap&filter.v.price.lte=-5&filter.p.vendor=%00&filter.p.vendor=&filter.p.tag=${'x'.repeat(300)}`,
    )
    expect(listing).toEqual(emptyListing)
  })

  it('holds at most twenty values of a kind, each once', () => {
    const many = Array.from({ length: 50 }, (_, n) => `filter.p.tag=${n % 30}`).join('&')
    expect(read(many).tags).toHaveLength(20)
  })
})

it('offers each filter in force with the list that lacks only it', () => {
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
