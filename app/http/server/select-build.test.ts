import { createRequestHandler, type ServerBuild } from '@remix-run/node'
import { describe, expect, test } from 'vitest'
import { createSelectedHandler, createBuildSelector } from './select-build.ts'

type Paths = Record<string, { path?: string; parentId?: string; index?: true }>

const shop: Paths = {
  root: { path: '' },
  'routes/_shop': { parentId: 'root' },
  'routes/_shop._index': { parentId: 'routes/_shop', index: true },
  'routes/_shop.$': { parentId: 'routes/_shop', path: '*' },
  'routes/_shop.cart': { parentId: 'routes/_shop', path: 'cart' },
  'routes/cart.lines.$variantId': { parentId: 'root', path: 'cart/lines/:variantId' },
  'routes/_shop.collections.all': { parentId: 'routes/_shop', path: 'collections/all' },
  'routes/_shop.collections.$handle': { parentId: 'routes/_shop', path: 'collections/:handle' },
  'routes/admin': { parentId: 'root', path: 'admin' },
  'routes/admin._index': { parentId: 'routes/admin', index: true },
  'routes/admin.orders': { parentId: 'routes/admin', path: 'orders' },
}

function buildOf(paths: Paths): ServerBuild {
  const ids = Object.keys(paths)
  const module = { default: () => null, loader: () => null }
  return {
    mode: 'production',
    publicPath: '/',
    assetsBuildDirectory: '',
    isSpaMode: false,
    future: { v3_singleFetch: true } as ServerBuild['future'],
    entry: { module: { default: () => new Response('page') } },
    routes: Object.fromEntries(ids.map((id) => [id, { id, module, ...paths[id] }])),
    assets: {
      entry: { module: '', imports: [] },
      url: '/assets/manifest-abc123.js',
      version: 'abc123',
      routes: Object.fromEntries(ids.map((id) => [id, { id, ...paths[id] }])) as never,
    },
  }
}

const selected = (pathname: string) => createBuildSelector(buildOf(shop))(pathname)
const idsOf = (pathname: string) =>
  Object.keys(selected(pathname).routes)
    .filter((id) => id !== 'root')
    .sort()

describe('createBuildSelector', () => {
  const frame = ['routes/_shop', 'routes/_shop.$']

  test('returns the routes that can match, with their parents', () => {
    expect(idsOf('/cart')).toEqual([...frame, 'routes/_shop.cart'])
    expect(idsOf('/cart/lines/7')).toEqual([...frame, 'routes/cart.lines.$variantId'])
    expect(idsOf('/admin/orders')).toEqual([...frame, 'routes/admin', 'routes/admin.orders'])
    expect(idsOf('/admin')).toEqual([...frame, 'routes/admin', 'routes/admin._index'])
    expect(idsOf('/')).toEqual([...frame, 'routes/_shop._index'])
    expect(idsOf('/nowhere/at/all')).toEqual(frame)
  })

  test('returns all matching routes and leaves the ranking to Remix', () => {
    const both = [...frame, 'routes/_shop.collections.$handle', 'routes/_shop.collections.all']
    expect(idsOf('/collections/all')).toEqual(both)
  })

  test('returns the same build for every spelling of a path', () => {
    for (const spelling of ['/cart/', '/CART', '/c%61rt', '/cart.data', '/cart//'])
      expect(idsOf(spelling), spelling).toEqual(idsOf('/cart'))
    expect(idsOf('/_root.data')).toEqual(idsOf('/'))
    expect(idsOf('/%')).toEqual(frame)
  })

  test('caches builds', () => {
    const select = createBuildSelector(buildOf(shop))
    expect(select('/collections/a')).toBe(select('/collections/b'))
  })

  test('uses the manifest without admin routes, except for admin pages', () => {
    expect(selected('/cart').assets.url).toBe('/assets/manifest-abc123-shop.js')
    expect(selected('/admin/orders').assets.url).toBe('/assets/manifest-abc123.js')
  })
})

test('rendering time does not grow with 300 more routes', async () => {
  const more = Array.from({ length: 300 }, (_, n) => [
    `routes/admin.more-${n}`,
    { parentId: 'routes/admin', path: `more-${n}/:id/edit` },
  ])
  const few = createMatcher(buildOf(shop))
  const many = createMatcher(buildOf({ ...shop, ...(Object.fromEntries(more) as Paths) }))
  const ratios: number[] = []
  for (let turn = 0; turn < 12; turn += 1) {
    const before = await timed(few)
    const withMore = await timed(many)
    ratios.push(withMore / Math.min(before, await timed(few)))
  }
  // The first turns warm up the JIT.
  expect(Math.min(...ratios.slice(2))).toBeLessThan(1.25)
})

function createMatcher(build: ServerBuild) {
  const handlerOf = createSelectedHandler(build, (selected) => createRequestHandler(selected, 'production'))
  return async () => {
    const request = new Request('http://shop/collections/vases')
    const answer = await handlerOf(new URL(request.url).pathname)(request)
    if (answer.status !== 200) throw new Error('not a page')
  }
}

async function timed(ask: () => Promise<void>): Promise<number> {
  const started = performance.now()
  for (let turn = 0; turn < 40; turn += 1) await ask()
  return performance.now() - started
}
