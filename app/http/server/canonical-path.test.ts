import fc from 'fast-check'
import { matchRoutes } from '@remix-run/react'
import { expect, test } from 'vitest'
import { canonicalPath, routeTree } from './canonical-path.ts'

const paths = [
  'search',
  'login',
  'login/two-factor',
  'cart/lines',
  'cart/lines/:variantId',
  'orders',
  'orders/:token',
  'orders/:token/reorder',
  'collections/all',
  'collections/:handle',
  'account/export.json',
  'admin/staff/invitations/new',
  'admin/staff/:staffId/delete',
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
  ['/LOGIN/Two%2Dfactor', '/login/two-factor'],
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
])('canonicalPath rewrites %s to %s', (path, expected) => {
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
])('canonicalPath keeps %s', (path) => {
  expect(canonical(path)).toBe(path)
})

test('canonicalPath keeps the case of tokens', () => {
  expect(canonical('/Orders/AbC/REORDER.data')).toBe('/orders/AbC/reorder.data')
})

/** Every path of our routes in equivalent spellings, and unknown paths. */
const spelled = fc
  .constantFrom(...paths)
  .chain((path) => {
    const segment = fc.oneof(
      fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' }).map(encodeURIComponent),
      fc.constantFrom('..', '.', '', 'new', '%2e', 'x.data'),
    )
    const parts = path.split('/').map((part) => (/[:*]/.test(part) ? segment : respelled(part)))
    const between = fc.constantFrom('/', '/', '/', '//', '/./', '/x/../')
    return fc.record({
      parts: fc.tuple(...parts),
      between: fc.array(between, { minLength: parts.length, maxLength: parts.length }),
      end: fc.constantFrom('', '', '/', '//', '.data', '.data/', '/.data', '/.', '/..'),
    })
  })
  .map(({ parts, between, end }) => parts.map((part, at) => between[at]! + part).join('') + end)
  .filter((path) => !path.startsWith('//'))

function respelled(word: string) {
  const character = (one: string) =>
    fc.constantFrom(one, one.toUpperCase(), `%${one.charCodeAt(0).toString(16)}`)
  return fc.tuple(...[...word].map(character)).map((all) => all.join(''))
}

/** How Remix handles a URL: the route and its parameters, and whether it sends a page or data. */
function routed(path: string) {
  const { pathname } = new URL(`http://localhost${path}`)
  const isData = pathname.endsWith('.data')
  const page = isData ? pathname.replace(/\.data$/, '').replace(/^\/_root$/, '/') || '/' : pathname
  const match = matchRoutes([{ path: '/' }, ...paths.map((each) => ({ path: each }))], page)
  const last = match?.at(-1)
  // A path with a line separator (U+2028) has no route at all.
  return { path: last?.route.path ?? '*', params: last?.params ?? {}, isData }
}

test('canonicalPath is idempotent, matches URL parsing and leads to the same route', () => {
  fc.assert(
    fc.property(spelled, (path) => {
      const written = canonical(path)
      expect(canonical(written)).toBe(written)
      expect(new URL(written, 'http://localhost')).toMatchObject({ host: 'localhost', pathname: written })
      const [before, after] = [routed(path), routed(written)]
      // What Remix had no page for may be a route in its canonical spelling, and "x.data/" is the data of x.
      if (before.path !== '*' && before.isData === after.isData) expect(after).toEqual(before)
    }),
    { numRuns: 5_000 },
  )
})

test('canonicalPath maps every spelling of a route to one path', () => {
  const fixed = paths.filter((path) => !/[:*]/.test(path))
  const written = fc.constantFrom(...fixed).chain((path) => respelled(path).map((odd) => ({ path, odd })))
  fc.assert(
    fc.property(written, ({ path, odd }) => {
      fc.pre(!odd.includes('%2f'))
      expect(canonical(`/${odd}`)).toBe(`/${path}`)
      expect(canonical(`/${odd}.data`)).toBe(`/${path}.data`)
    }),
  )
})
