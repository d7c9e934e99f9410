import { describe, expect, it } from 'vitest'
import { readPublicPage } from './public-pages.ts'

const read = (url: string, cookies = '', method = 'GET') =>
  readPublicPage({ method, url, cookies, cookiePrefix: '' })
const addressOf = (url: string) => read(url)?.address

describe('the canonical URL of a public page', () => {
  it('has only the parameters that the route reads, sorted', () => {
    expect(addressOf('/?utm_source=x&fbclid=y')).toBe('/')
    expect(addressOf('/collections/all?utm_source=x&page=2&sort_by=newest&gclid=1')).toBe(
      '/collections/all?sort_by=newest&page=2',
    )
    expect(addressOf('/policies/refund-policy?utm_source=x&page=2')).toBe('/policies/refund-policy')
    expect(addressOf('/products/pot?fbclid=1&variant=7&page=3')).toBe('/products/pot?variant=7')
    expect(
      addressOf('/collections/lamps?filter.p.tag=b&filter.p.vendor=v&filter.p.tag=a&filter.p.tag=b'),
    ).toBe('/collections/lamps?filter.p.vendor=v&filter.p.tag=b&filter.p.tag=a')
  })

  it('has every option filter, and both availabilities', () => {
    expect(
      addressOf(
        '/collections/all?filter.v.option.size=42&filter.v.other=1&filter.v.option.color=Red&filter.v.availability=1&filter.v.availability=0&filter.v.option.size=41&page=3&from=2',
      ),
    ).toBe(
      '/collections/all?filter.v.availability=1&filter.v.availability=0&filter.v.option.color=Red&filter.v.option.size=42&filter.v.option.size=41&page=3&from=2',
    )
  })

  it('omits default values', () => {
    expect(
      addressOf('/collections/all?sort_by=featured&filter.v.price.gte=&filter.v.price.lte=&page=1'),
    ).toBe('/collections/all')
    expect(addressOf('/collections/all?page=')).toBe('/collections/all?page=')
  })

  it('keeps the first of repeated values, as the route does', () => {
    expect(addressOf('/products/pot?variant=1&variant=2')).toBe('/products/pot?variant=1')
  })

  it.each([
    '/cart',
    '/search?q=a',
    '/admin',
    '/orders/token',
    '/products/a/b',
    '/pages/about-us?preview=on',
    '/policies',
    '/Collections/all',
    '/collections/all/',
    '//collections/all',
    '/products/%70ot',
    '/products/%FF',
    '/products/a%00%',
    `/products/${'a'.repeat(700)}`,
    `/collections/all?filter.p.tag=${'a'.repeat(700)}`,
  ])('%s is not a public page', (url) => expect(read(url)).toBeNull())

  it('is available for GET and HEAD only', () => {
    expect(read('/', '', 'HEAD')).not.toBeNull()
    expect(read('/', '', 'POST')).toBeNull()
  })
})

describe('data', () => {
  it('is available for the same pages', () => {
    expect(addressOf('/_root.data?utm_source=x')).toBe('/_root.data')
    expect(addressOf('/products/pot.data?variant=3&x=1')).toBe('/products/pot.data?variant=3')
    expect(addressOf('/cart.data')).toBeUndefined()
  })

  it('may be limited to some loaders of the page, as the browser requests', () => {
    const url = '/products/pot.data?_routes=routes%2F_shop%2Croutes%2F_shop.products.%24handle'
    expect(read(url)).toMatchObject({ address: url, loaders: 2 })
    expect(read('/products/pot?_routes=root')).toMatchObject({ address: '/products/pot', loaders: 3 })
  })

  it.each(['', 'admin', 'root,root', 'routes/_shop,root', 'root,routes/admin', 'root,'])(
    'is not available for the loaders %j',
    (routes) => expect(read(`/products/pot.data?_routes=${encodeURIComponent(routes)}`)).toBeNull(),
  )
})

describe('cookies', () => {
  it('matter only where the page depends on them', () => {
    expect(read('/', '_ga=GA1.2; __cf_bm=x; sid=abc')?.key).toBe(read('/')?.key)
    expect(read('/', 'theme=dark; _ga=1')).toMatchObject({ theme: 'dark' })
    expect(read('/', 'theme=dark')?.key).not.toBe(read('/')?.key)
    expect(read('/', 'theme=<script>')?.key).toBe(read('/')?.key)
  })

  it('with a toast bypass the cache', () => {
    expect(read('/', 'sid=x; toast=abc')).toBeNull()
    expect(read('/', 'mytoast=abc')).not.toBeNull()
  })

  it('are read under their https names', () => {
    const page = (cookies: string) =>
      readPublicPage({ method: 'GET', url: '/', cookies, cookiePrefix: '__Host-' })
    expect(page('__Host-toast=abc')).toBeNull()
    expect(page('toast=abc; theme=dark')).toMatchObject({ theme: undefined })
    expect(page('__Host-theme=dark')).toMatchObject({ theme: 'dark' })
  })
})
