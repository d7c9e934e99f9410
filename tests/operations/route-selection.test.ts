import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { matchRoutes } from '@remix-run/react'
import { describe, expect, test } from 'vitest'
import { createBuildSelector } from '#app/http/server/select-build.ts'
import { build, routes } from '#tests/support/built-routes.ts'

const select = createBuildSelector(build)

type Branch = { id: string; path?: string; index?: boolean; children: Branch[] }

function treeOf(all: typeof build.routes, parentId = ''): Branch[] {
  return Object.values(all).flatMap((route) =>
    route && (route.parentId ?? '') === parentId
      ? { id: route.id, path: route.path, index: route.index, children: treeOf(all, route.id) }
      : [],
  )
}

const whole = treeOf(build.routes)

/** The routes that match the URL, by Remix's own matching: ids from the root on, with the parameters. */
function answeredBy(tree: Branch[], pathname: string) {
  const matches = matchRoutes(tree as Parameters<typeof matchRoutes>[0], pathname) ?? []
  return matches.map(({ route, params }) => ({ id: route.id, params }))
}

/** A URL for each route, and similar ones. */
const addresses = routes
  .filter(({ isIndex, hasLoader, hasAction, hasPage }) => isIndex || hasLoader || hasAction || hasPage)
  .map(({ path }) => path.replace(/:\w+/g, '7').replace('*', 'no/such/page'))
  .flatMap((path) => [path, `${path}/`, path.toUpperCase(), `${path}/more`, path.replace(/[^/]+$/, 'new')])

describe('the routes selected for a URL', () => {
  test('give the same response as all routes do, for a URL of every route', () => {
    expect(addresses.length).toBeGreaterThan(400)
    for (const address of new Set([...addresses, '/', '/%F0%9F%8F%BA', '/collections/all%2F..', '//x']))
      expect(answeredBy(treeOf(select(address).routes), address), address).toEqual(answeredBy(whole, address))
  })

  test('are few, however many routes the shop has', () => {
    const counts = addresses.map((address) => Object.keys(select(address).routes).length)
    expect(Math.max(...counts)).toBeLessThanOrEqual(9)
  })
})

test('load a manifest without the admin on the pages of the shop', () => {
  const shop = select('/cart').assets
  expect(shop.url).toMatch(/-shop\.js$/)
  expect(Object.keys(select('/admin/orders').routes)).toContain('routes/admin.orders._index')
  expect(select('/admin/orders').assets.url).toBe(build.assets.url)
})

test('give the shop a manifest of every route except the admin’s', async () => {
  const text = await readFile(path.join('build/client', select('/').assets.url), 'utf8')
  const shown = JSON.parse(/^window\.__remixManifest=(.*?);?\s*$/s.exec(text)![1]!) as typeof build.assets
  const expected = Object.keys(build.routes).filter((id) => !/^routes\/admin(\.|$)/.test(id))
  expect(Object.keys(shown.routes).sort()).toEqual(expected.sort())
})
