import { expect, test } from 'vitest'
import { isPageView, isSameSearch, readSearchClick, searchBefore } from './search-visits.ts'

const origin = 'https://shop.example'
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'
const headers = (of: Record<string, string>) => (name: string) => ({ 'user-agent': firefox, ...of })[name]
const results = { referer: `${origin}/search?q=Clay%20Pot` }

const click = (url: string, of: Record<string, string> = results, method = 'GET') =>
  readSearchClick({ method, url, headerOf: headers(of) }, origin)

test('a product that is opened from results or suggestions is a click, as a page and as data', () => {
  const counted = { handle: 'clay-pot', query: 'clay pot' }
  expect(click('/products/clay-pot?q=Clay+Pot')).toEqual(counted)
  expect(click('/products/clay-pot.data?q=Clay+Pot&_routes=routes%2F_shop.products.%24handle')).toEqual(
    counted,
  )
  expect(click('/products/clay-pot?q=clay+pot', { referer: `${origin}/` })).toEqual(counted)
  expect(click('/products/clay-pot?q=clay+pot', { referer: `${origin}/products/other?q=x` })).toEqual(counted)
})

test('another variant, a reload, a prefetch, a shared link and other pages are no clicks', () => {
  for (const referer of [
    `${origin}/products/clay-pot?q=clay+pot`,
    'https://other.example/search?q=a',
    'none',
  ])
    expect(click('/products/clay-pot.data?q=clay+pot', { referer })).toBe(null)
  expect(click('/products/clay-pot?q=clay+pot', {})).toBe(null)
  expect(click('/products/clay-pot?q=clay+pot', { ...results, 'cache-control': 'max-age=0' })).toBe(null)
  expect(click('/products/clay-pot?q=clay+pot', { ...results, 'sec-purpose': 'prefetch' })).toBe(null)
  expect(click('/products/clay-pot?q=clay+pot', { ...results, 'x-moz': 'prefetch' })).toBe(null)
  for (const url of ['/products/clay-pot', '/products/clay-pot?q=', '/products/%E0%A4?q=a', '/search?q=a'])
    expect(click(url)).toBe(null)
  expect(click('/products/clay-pot/select?q=clay+pot')).toBe(null)
  expect(click('/products/clay-pot?q=clay+pot', results, 'HEAD')).toBe(null)
})

test('bots and scripts do not view pages, browsers do', () => {
  const isView = (agent: string) => isPageView(headers({ 'user-agent': agent }))
  for (const agent of [
    '',
    'curl/8.5.0',
    'node',
    'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0) Chrome/141.0 Safari/537.36',
    'Mozilla/5.0 (compatible; Baiduspider/2.0)',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/141.0.0.0 Safari/537.36',
  ])
    expect(isView(agent), agent).toBe(false)
  for (const agent of [
    firefox,
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 Version/26.0 Safari/604.1',
    'Mozilla/5.0 (Linux; Android 10; CUBOT X30) AppleWebKit/537.36 Chrome/141.0.0.0 Mobile Safari/537.36',
  ])
    expect(isView(agent), agent).toBe(true)
})

test('results of the same query are the same search, whatever page, order or spelling', () => {
  const isSame = (referer: string) => isSameSearch(headers({ referer }), 'clay pot', origin)
  expect(isSame(`${origin}/search?q=Clay+Pot&page=2&sort_by=newest`)).toBe(true)
  expect(isSame(`${origin}/search?q=clay`)).toBe(false)
  expect(isSame(`${origin}/?q=clay+pot`)).toBe(false)
  expect(isSame('https://other.example/search?q=clay+pot')).toBe(false)
})

test('the search before a form is in the address of its product’s page', () => {
  const before = (referer: string) => searchBefore(headers({ referer }), 'clay pot', origin)
  expect(before(`${origin}/products/clay%20pot?variant=4&q=Pot%00+%20`)).toBe('Pot')
  expect(before(`${origin}/products/clay%20pot?variant=4`)).toBe(null)
  expect(before(`${origin}/products/other?q=Pot`)).toBe(null)
  expect(before('https://other.example/products/clay%20pot?q=Pot')).toBe(null)
})
