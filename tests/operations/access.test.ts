import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ServerBuild } from '@remix-run/node'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { db } from '#db/client.ts'
import { productImages, variants } from '#db/schema/index.ts'
import { furnishShop, isSettled } from '#tests/support/furnished-shop.ts'
import { aVisitor, theOwner, theShop, useRunningShop } from '#tests/support/http-shop.ts'
import { unescape } from '#tests/support/visitor.ts'

useRunningShop()

const build = (await import(
  /* @vite-ignore */ pathToFileURL(path.resolve('build/server/index.js')).href
)) as ServerBuild

type Route = {
  id: string
  path: string
  hasLoader: boolean
  hasAction: boolean
  hasPage: boolean
  isIndex: boolean
}

/** Every route of the shop, as the build knows them; nobody keeps a list by hand. */
const routes: Route[] = Object.values(build.routes).flatMap((route) => {
  if (!route || route.id === 'root') return []
  const parents = [route]
  while (parents[0]!.parentId) parents.unshift(build.routes[parents[0]!.parentId]!)
  return {
    id: route.id,
    path: `/${parents.flatMap((each) => each.path || []).join('/')}`,
    hasLoader: Boolean(route.module.loader),
    hasAction: Boolean(route.module.action),
    hasPage: Boolean(route.module.default),
    isIndex: Boolean(route.index),
  }
})
const adminRoutes = routes.filter((route) => /^\/admin(\/|$)/.test(route.path))

let params: Record<string, string>
/** What only staff may read. */
const secrets = /Ada Byron|ada@example\.com|olga@hill|Olga Hill|Bad Lamp/

beforeAll(async () => {
  const furnished = await furnishShop()
  await vi.waitUntil(isSettled, { timeout: 20_000, interval: 100 })
  const [image] = await db.select({ id: productImages.id }).from(productImages)
  const [variant] = await db.select({ id: variants.id }).from(variants)
  params = {
    orderId: String(furnished.orderId),
    productId: String(furnished.pot.productId),
    variantId: String(variant!.id),
    imageId: String(image!.id),
    collectionId: String(furnished.collectionId),
    importId: String(furnished.importId),
    mailId: String(furnished.mailId),
    handle: furnished.pot.handle,
    token: furnished.token,
    hash: '0'.repeat(64),
    file: '320.webp',
  }
})

function addressOf({ path }: Route): string {
  return path
    .replace(/:(\w+)/g, (_, name: string) => {
      if (!params[name]) throw new Error(`Which ${name} shall ${path} be tried with?`)
      return params[name]
    })
    .replace('*', 'nowhere')
}

/** A digest per table of everything in it, the invisible row versions included: an update to the same value shows. */
async function fingerprint({ except }: { except?: string } = {}): Promise<Record<string, string>> {
  const tables = await db.execute<{ name: string }>(
    sql`select format('%I', table_name) as name from information_schema.tables where table_schema = 'public' order by 1`,
  )
  const entries = await Promise.all(
    tables
      .filter(({ name }) => name !== except)
      .map(async ({ name }) => {
        const [row] = await db.execute<{ digest: string }>(
          sql.raw(
            `select md5(coalesce(string_agg(t.xmin::text || t::text, ',' order by t.ctid), '')) as digest from ${name} t`,
          ),
        )
        return [name, row!.digest] as const
      }),
  )
  return Object.fromEntries(entries)
}

/** Where its forms are sent; a form for an index page says so, or its frame would get it. */
const postAddressOf = (route: Route) => addressOf(route) + (route.isIndex ? '?index' : '')

const dataOf = (address: string) => (address === '/' ? '/_root.data' : address.replace(/(?=\?|$)/, '.data'))

test('the admin has routes, and this test found them', () => {
  expect(adminRoutes.length).toBeGreaterThan(25)
  expect(adminRoutes.filter(({ hasAction }) => hasAction).length).toBeGreaterThan(10)
})

describe('somebody who is not signed in', () => {
  test('is sent to sign in by every page of the admin', async () => {
    const open = []
    for (const route of adminRoutes.filter(({ hasPage }) => hasPage)) {
      const answer = await aVisitor().get(addressOf(route))
      if (answer.status !== 303 || !answer.location?.startsWith('/login') || secrets.test(answer.body))
        open.push(`${answer.status} ${route.path}`)
    }
    expect(open).toEqual([])
  })

  test('gets the data of no admin page, neither of the whole page nor of one loader alone', async () => {
    const open = []
    for (const route of adminRoutes.filter(({ hasLoader }) => hasLoader)) {
      const whole = dataOf(addressOf(route))
      for (const address of [whole, `${whole}?_routes=${encodeURIComponent(route.id)}`]) {
        const answer = await aVisitor().get(address)
        const isSentAway = answer.body.includes('SingleFetchRedirect') || answer.status >= 400
        if (!isSentAway || secrets.test(answer.body)) open.push(`${answer.status} ${address}`)
      }
    }
    expect(open).toEqual([])
  })

  test('can post to no action of the admin', async () => {
    const before = await fingerprint()
    const open = []
    for (const route of adminRoutes)
      for (const address of [postAddressOf(route), dataOf(postAddressOf(route))]) {
        const { status, location, body } = await aVisitor().post(address, { version: '1', title: 'Mine now' })
        const isSentAway =
          location?.startsWith('/login') || status >= 400 || body.includes('SingleFetchRedirect')
        if (!isSentAway) open.push(`${status} ${address}`)
      }
    expect(open).toEqual([])
    expect(await fingerprint()).toEqual(before)
  })
})

describe('somebody who is signed in', () => {
  test('changes nothing by a form without the token, or with the token of another session', async () => {
    const owner = await theOwner()
    const { csrf: foreign } = await theOwner()
    // That somebody tried is counted.
    const before = await fingerprint({ except: 'rate_limits' })
    const accepted = []
    // As long as a browser's: no token may hold it by chance.
    const boundary = `form-${randomUUID()}`
    // Signing in and claiming the shop prove themselves by a secret; an address that leads nowhere is a 404.
    const open = ['/login', '/setup', '/*']
    for (const route of routes.filter((each) => each.hasAction && !open.includes(each.path)))
      for (const token of ['', foreign]) {
        const body = ['csrf', 'version', 'title', 'theme']
          .map(
            (name) =>
              `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${name === 'csrf' ? token : '1'}\r\n`,
          )
          .join('')
        const { status } = await owner.post(postAddressOf(route), `${body}--${boundary}--\r\n`, {
          'content-type': `multipart/form-data; boundary=${boundary}`,
        })
        if (status !== 403) accepted.push(`${status} ${route.path}`)
      }
    expect(accepted).toEqual([])
    expect(await fingerprint({ except: 'rate_limits' })).toEqual(before)
  })
})

describe('where a form comes from', () => {
  const cases: [string, Record<string, string>][] = [
    ['another site, says the browser', { 'sec-fetch-site': 'cross-site' }],
    ['another subdomain', { 'sec-fetch-site': 'same-site' }],
    ['an origin that is not ours', { origin: 'https://evil.example' }],
    ['no origin at all', {}],
    ['a page without an origin', { origin: 'null' }],
  ]
  test.each(cases)('%s: 403, by whatever address', async (_, headers) => {
    const owner = await theOwner()
    const before = await fingerprint()
    for (const route of routes.filter(({ hasAction }) => hasAction))
      for (const address of [postAddressOf(route), dataOf(postAddressOf(route))]) {
        const { status } = await owner.send(address, new URLSearchParams({ csrf: owner.csrf }).toString(), {
          'content-type': 'application/x-www-form-urlencoded',
          ...headers,
        })
        expect(status, address).toBe(403)
      }
    expect(await fingerprint()).toEqual(before)
  })
})

describe('GET never writes', () => {
  const visitors = [
    ['a visitor', '/', async () => aVisitor()],
    ['the owner', '/admin', theOwner],
  ] as const

  test.each(visitors)(
    '%s follows every link there is',
    async (_, start, arrive) => {
      const somebody = await arrive()
      const before = await fingerprint()
      const known = new Set<string>([
        start,
        '/',
        '/cart',
        '/checkout',
        '/logout',
        '/setup?code=x',
        '/robots.txt',
        '/sitemap.xml',
      ])
      const broken: string[] = []
      for (const address of known) {
        const { status, body, headers, location } = await somebody.get(address)
        if (status >= 500 || (status === 404 && address !== '/setup?code=x'))
          broken.push(`${status} ${address}`)
        const found = headers.get('content-type')?.includes('html')
          ? [...body.matchAll(/<(?:a|link|img|source)\b[^>]*?\b(?:href|src)="([^"]+)"/g)].map(([, to]) =>
              unescape(to!),
            )
          : []
        for (const to of [...found, location ?? []].flat()) {
          const url = URL.canParse(to, theShop().origin + address)
            ? new URL(to, theShop().origin + address)
            : null
          if (url?.origin === theShop().origin) known.add(url.pathname + url.search)
        }
        if (known.size > 600) break
      }
      expect(broken).toEqual([])
      expect(known.size).toBeGreaterThan(30)
      expect(known.size).toBeLessThan(600)
      expect(await fingerprint()).toEqual(before)
    },
    60_000,
  )
})
