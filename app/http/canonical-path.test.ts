import fc from 'fast-check'
import { matchRoutes } from '@remix-run/react'
import { expect, test } from 'vitest'
import { canonicalPath, routeTree } from './canonical-path.ts'

const paths = [
  'search',
  'login',
  'login/second-factor',
  'cart/lines',
  'cart/lines/:variantId',
  'orders',
  'orders/:token',
  'orders/:token/reorder',
  'collections/all',
  'collections/:handle',
  'account/export.json',
  'admin/staff/invitations/new',
  'admin/staff/:staffId/deletion',
  '*',
]
const tree = routeTree(
  {
    root: { path: '' },
    shop: { parentId: 'root' },
    ...Object.fromEntries(paths.map((path) => [path, { path, parentId: 'shop' }])),
  },
  ['/events'],
)
const canonical = (path: string) => canonicalPath(path, tree)

test.each([
  ['/', '/'],
  ['/search', '/search'],
  ['/Search', '/search'],
  ['/search/', '/search'],
  ['/search//', '/search'],
  ['/%73earch', '/search'],
  ['/%53EARCH', '/search'],
  ['/./search', '/search'],
  ['/x/../search', '/search'],
  ['/x/%2E%2e/search', '/search'],
  ['/cart//lines/', '/cart/lines'],
  ['/LOGIN/Second%2Dfactor', '/login/second-factor'],
  ['/search.data', '/search.data'],
  ['/Search.data', '/search.data'],
  ['/search.data/', '/search.data'],
  ['/search/.data', '/search.data'],
  ['/search%2Edata', '/search.data'],
  ['/%73earch.d%61ta', '/search.data'],
  ['/_root.data', '/_root.data'],
  ['/.data', '/_root.data'],
  ['/search.DATA', '/search.DATA'],
  ['/Account/Export.JSON', '/account/export.json'],
  ['/Events', '/events'],
  ['/.//evil.test', '/evil.test'],
  ['/..//evil.test/', '/evil.test'],
])('%s is written %s', (path, expected) => {
  expect(canonical(path)).toBe(expected)
})

test.each([
  '/orders/AbC-_123XyZ',
  '/orders/AbC-_123XyZ/reorder',
  '/collections/T%C3%89',
  '/collections/a%2Fb',
  '/assets/root-DkJ3_a.css',
  '/%2573earch',
  '//evil.test',
  'http://evil.test/',
  '*',
])('%s stays as it is', (path) => {
  expect(canonical(path)).toBe(path)
})

test('tokens keep their case where the words around them do not', () => {
  expect(canonical('/Orders/AbC/REORDER.data')).toBe('/orders/AbC/reorder.data')
})

/** Every path of ours, written in ways that mean the same, and paths of nobody. */
const spelled = fc
  .constantFrom(...paths)
  .chain((path) => {
    const segment = fc.oneof(
      fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' }).map(encodeURIComponent),
      fc.constantFrom('..', '.', '', 'new', '%2e', 'x.data'),
    )
    const parts = path.split('/').map((part) => (/[:*]/.test(part) ? segment : oddly(part)))
    const between = fc.constantFrom('/', '/', '/', '//', '/./', '/x/../')
    return fc.record({
      parts: fc.tuple(...parts),
      between: fc.array(between, { minLength: parts.length, maxLength: parts.length }),
      end: fc.constantFrom('', '', '/', '//', '.data', '.data/', '/.data', '/.', '/..'),
    })
  })
  .map(({ parts, between, end }) => parts.map((part, at) => between[at]! + part).join('') + end)
  .filter((path) => !path.startsWith('//'))

function oddly(word: string) {
  const character = (one: string) =>
    fc.constantFrom(one, one.toUpperCase(), `%${one.charCodeAt(0).toString(16)}`)
  return fc.tuple(...[...word].map(character)).map((all) => all.join(''))
}

/** What Remix does with an address: the route and its parameters, and whether it sends a page or data. */
function routed(path: string) {
  const { pathname } = new URL(`http://localhost${path}`)
  const isData = pathname.endsWith('.data')
  const page = isData ? pathname.replace(/\.data$/, '').replace(/^\/_root$/, '/') || '/' : pathname
  const match = matchRoutes([{ path: '/' }, ...paths.map((each) => ({ path: each }))], page)!.at(-1)!
  return { path: match.route.path, params: match.params, isData }
}

test('the canonical path is canonical, is what a browser makes of it, and leads where the other one led', () => {
  fc.assert(
    fc.property(spelled, (path) => {
      const written = canonical(path)
      expect(canonical(written)).toBe(written)
      expect(new URL(written, 'http://localhost')).toMatchObject({ host: 'localhost', pathname: written })
      const [before, after] = [routed(path), routed(written)]
      // What Remix had no page for may be one of ours in its right spelling, and "x.data/" is the data of x.
      if (before.path !== '*' && before.isData === after.isData) expect(after).toEqual(before)
    }),
    { numRuns: 5_000 },
  )
})

test('however a path of ours is written, Remix gets to see it in one way', () => {
  const fixed = paths.filter((path) => !/[:*]/.test(path))
  const written = fc.constantFrom(...fixed).chain((path) => oddly(path).map((odd) => ({ path, odd })))
  fc.assert(
    fc.property(written, ({ path, odd }) => {
      fc.pre(!odd.includes('%2f'))
      expect(canonical(`/${odd}`)).toBe(`/${path}`)
      expect(canonical(`/${odd}.data`)).toBe(`/${path}.data`)
    }),
  )
})
