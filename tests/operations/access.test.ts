import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { type Access, type Area, areas, mayUse } from '#app/domain/accounts/access.ts'
import type { Role, SessionUser } from '#app/domain/accounts/accounts.ts'
import { addAddress } from '#app/domain/accounts/addresses.server.ts'
import { endSessionsOf, listDevices } from '#app/domain/accounts/sessions.server.ts'
import { beginTwoFactor } from '#app/domain/accounts/two-factor.server.ts'
import { db, transaction } from '#db/client.ts'
import { invitations, notifications, productImages, settings, users, variants } from '#db/schema/index.ts'
import { build, type Route, routes } from '#tests/support/built-routes.ts'
import { aPerson, olgaOpensHerShop, password, signIn } from '#tests/support/cast.ts'
import { crawl } from '#tests/support/crawl.ts'
import { furnishShop, isSettled } from '#tests/support/furnished-shop.ts'
import { aVisitor, someoneSignedIn, theOwner, useRunningShop } from '#tests/support/http-shop.ts'
import type { Answer, Visitor } from '#tests/support/visitor.ts'

useRunningShop()

const adminRoutes = routes.filter((route) => /^\/admin(\/|$)/.test(route.path))

let params: Record<string, string>
let carl: { id: number }
/** What only staff may read. */
const secrets = /Ada Byron|ada@example\.com|Olga Hill|Bad Lamp/

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
    staffId: String(furnished.clerkId),
    customerId: String(furnished.customerId),
    invitationId: String(furnished.invitationId),
    handle: furnished.pot.handle,
    token: furnished.token,
    hash: '0'.repeat(64),
    file: '320.webp',
    ...(await carlsThings()),
  }
})

/** What belongs to one customer, to be asked for by another; and people for staff to look at. */
async function carlsThings(): Promise<Record<string, string>> {
  carl = await aPerson()
  const address = { name: 'Carl Gauss', line1: '1 Hill', city: 'Cork', country: 'IE', company: '', line2: '' }
  const kept = await addAddress(carl.id, { ...address, postcode: '', region: '', phone: '', isDefault: true })
  await signIn(carl.id)
  const [device] = await listDevices(carl.id)
  const [told] = await db
    .insert(notifications)
    .values({ userId: carl.id, kind: 'order-paid', dedupeKey: 'access', about: '#1' })
    .returning({ id: notifications.id })
  const { olga } = await olgaOpensHerShop()
  const [invitation] = await db
    .insert(invitations)
    .values({ email: 'ivan@example.com', role: 'staff', invitedById: olga })
    .returning({ id: invitations.id })
  return {
    addressId: String(kept.ok && kept.id),
    deviceId: String(device!.id),
    notificationId: String(told!.id),
    customerId: String(carl.id),
    staffId: String((await aPerson({ role: 'staff' })).id),
    invitationId: String(invitation!.id),
  }
}

function addressOf({ path }: Route): string {
  return path
    .replace(/:(\w+)/g, (_, name: string) => {
      if (!params[name]) throw new Error(`Which ${name} shall ${path} be tried with?`)
      return params[name]
    })
    .replace('*', 'nowhere')
}

/** A digest per table of everything in it, the invisible row versions included: an update to the same value shows. */
async function fingerprint({ except = [] }: { except?: string[] } = {}): Promise<Record<string, string>> {
  const tables = await db.execute<{ name: string }>(
    sql`select format('%I', table_name) as name from information_schema.tables where table_schema = 'public' order by 1`,
  )
  const entries = await Promise.all(
    tables
      .filter(({ name }) => !except.includes(name))
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

test('the shop has routes, and this test found them', () => {
  expect(adminRoutes.length).toBeGreaterThan(25)
  expect(adminRoutes.filter(({ hasAction }) => hasAction).length).toBeGreaterThan(10)
})

/** Everybody there is, as far as access goes; each staff member is let into one area. */
const people = {
  'a visitor': null,
  'a customer': { role: 'customer' },
  'staff without an area': { role: 'staff' },
  ...Object.fromEntries(
    areas.map((area) => [`staff for ${area}`, { role: 'staff', areas: [area] }] as const),
  ),
  'an admin': { role: 'admin' },
  'the owner': { role: 'owner' },
} satisfies Record<string, { role: Role; areas?: Area[] } | null>

type Person = { role: Role; areas?: Area[] } | null

async function arrive(person: Person): Promise<{ visitor: Visitor; user: SessionUser | null }> {
  if (person === null) return { visitor: aVisitor(), user: null }
  const { role, areas: ofPerson = [] } = person
  const id =
    role === 'owner' ? (await olgaOpensHerShop()).olga : (await aPerson({ role, areas: ofPerson })).id
  const user = { id, role, areas: ofPerson, email: '', name: '', hasTwoFactor: false }
  return { visitor: await someoneSignedIn(id), user }
}

type Verdict = 'sign in' | 'no access' | 'in'

/** What the guard said; the answer of a route itself, whatever it is, means that somebody got in. */
function verdictOf({ status, location, body }: Answer): Verdict {
  const isLogin = /\/login(\?|"|$)/.test(location ?? '') || /SingleFetchRedirect[^]*\/login/.test(body)
  if (isLogin && (status === 303 || status === 202)) return 'sign in'
  if (status === 403 && /No access|This is not open to you/.test(body)) return 'no access'
  return 'in'
}

const due = (user: SessionUser | null, access: Access): Verdict =>
  mayUse(user, access) ? 'in' : user === null ? 'sign in' : 'no access'

describe.each(Object.entries(people))('%s', (_, person) => {
  test('sees the pages that are open to them, and no data of any other, whichever way it is asked', async () => {
    const { visitor, user } = await arrive(person)
    const wrong = []
    // What everyone may use decides by itself where it leads.
    for (const route of routes.filter(({ access }) => access !== 'everyone')) {
      const whole = dataOf(addressOf(route))
      for (const address of [
        ...(route.hasPage ? [addressOf(route)] : []),
        ...(route.hasLoader ? [`${whole}?_routes=${encodeURIComponent(route.id)}`] : []),
      ]) {
        const answer = await visitor.get(address)
        const verdict = verdictOf(answer)
        // Whoever is turned away at a frame does not get to the page in it.
        const expected = route.accesses.map((access) => due(user, access)).find((one) => one !== 'in') ?? 'in'
        const isOne = address.includes('_routes=')
        if (verdict !== (isOne ? due(user, route.access) : expected) || answer.status >= 500)
          wrong.push(`${verdict} ${answer.status} ${address}`)
        if (verdict !== 'in' && secrets.test(answer.body)) wrong.push(`secrets in ${address}`)
      }
    }
    expect(wrong).toEqual([])
  }, 60_000)

  test('can post to the actions that are open to them, and to no other', async () => {
    const { visitor, user } = await arrive(person)
    const before = await fingerprint({ except: ['rate_limits'] })
    const wrong = []
    for (const route of routes.filter((each) => each.hasAction && each.access !== 'everyone'))
      for (const address of [postAddressOf(route), dataOf(postAddressOf(route))]) {
        // Without the token of their session the form of somebody who may is refused after the guard.
        const answer = await visitor.post(address, { version: '1', title: 'Mine now' })
        const verdict = verdictOf(answer)
        const isRefused = answer.status >= 400 && answer.status < 500
        if (verdict !== due(user, route.access) || (verdict === 'in' && !isRefused))
          wrong.push(`${verdict} ${answer.status} ${address}`)
      }
    expect(wrong).toEqual([])
    expect(await fingerprint({ except: ['rate_limits'] })).toEqual(before)
  }, 60_000)
})

test('a route that declares no access does not start', () => {
  const [id, route] = Object.entries(build.routes).find(
    ([, each]) => each?.id === 'routes/admin.orders._index',
  )!
  const undeclared = { ...route, module: { ...route.module, handle: undefined } }
  const { guardRoutes } = build.entry.module as unknown as typeof import('#app/entry.server.tsx')
  expect(() => guardRoutes({ ...build, routes: { ...build.routes, [id]: undeclared } })).toThrow(
    'routes/admin.orders._index does not declare its access',
  )
})

describe('what belongs to one customer', () => {
  const own = routes.filter(
    ({ access, path }) => access === 'signed-in' && /:(addressId|deviceId|notificationId)/.test(path),
  )

  test('is not there for another, by whatever address and form', async () => {
    expect(own.length).toBeGreaterThan(4)
    const eve = await someoneSignedIn((await aPerson()).id)
    const before = await fingerprint({ except: ['rate_limits'] })
    const open = []
    for (const route of own) {
      const asked = []
      // A route without a page of its own leads elsewhere and shows nothing.
      if (route.hasPage)
        for (const address of [addressOf(route), dataOf(addressOf(route))]) asked.push(await eve.get(address))
      if (route.hasAction) {
        const form = { csrf: eve.csrf, name: 'Eve', line1: '1', city: 'X', country: 'IE' }
        for (const address of [postAddressOf(route), dataOf(postAddressOf(route))])
          asked.push(await eve.post(address, form))
      }
      for (const { status, body } of asked)
        if (status !== 404 || /Carl Gauss/.test(body)) open.push(`${status} ${route.path}`)
    }
    expect(open).toEqual([])
    expect(await fingerprint({ except: ['rate_limits'] })).toEqual(before)
  })

  test('is there for them', async () => {
    const page = await someoneSignedIn(carl.id)
    for (const route of own.filter(({ hasPage }) => hasPage))
      expect((await page.get(addressOf(route))).status, route.path).toBe(200)
  })
})

test('whose role is taken away is out with the next request', async () => {
  const staff = await aPerson({ role: 'staff', areas: ['orders'] })
  const page = await someoneSignedIn(staff.id)
  expect((await page.get('/admin/orders')).status).toBe(200)
  await db.update(users).set({ role: 'customer', areas: [] }).where(eq(users.id, staff.id))
  expect((await page.get('/admin/orders')).status).toBe(403)
  await db
    .update(users)
    .set({ disabledAt: sql`now()` })
    .where(eq(users.id, staff.id))
  expect((await page.get('/admin/orders')).location).toMatch(/^\/login/)
  await transaction((tx) => endSessionsOf(tx, staff.id))
})

test('staff without a second factor come no further than to where they set it up, once the shop asks for one', async () => {
  const staff = await someoneSignedIn((await aPerson({ role: 'staff', areas: ['orders'] })).id)
  await db.update(settings).set({ staffNeedTwoFactor: true })
  expect((await staff.get('/admin/orders')).location).toBe('/account/two-factor')
  expect((await staff.get('/admin/orders.data')).body).toContain('/account/two-factor')
  expect((await staff.post('/admin/settings', {})).status).not.toBe(303)
  await db.update(settings).set({ staffNeedTwoFactor: false })
  expect((await staff.get('/admin/orders')).status).toBe(200)
})

describe('somebody who is signed in', () => {
  test('changes nothing by a form without the token, or with the token of another session', async () => {
    const owner = await theOwner()
    const { csrf: foreign } = await theOwner()
    // That somebody tried is counted.
    const before = await fingerprint({ except: ['rate_limits'] })
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
    expect(await fingerprint({ except: ['rate_limits'] })).toEqual(before)
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
    ['a customer', '/account', async () => someoneSignedIn((await aPerson()).id)],
    [
      'staff for orders',
      '/admin',
      async () => someoneSignedIn((await aPerson({ role: 'staff', areas: ['orders'] })).id),
    ],
    ['the owner', '/admin', theOwner],
  ] as const

  test.each(visitors)(
    '%s follows every link there is',
    async (_, start, arrive) => {
      const somebody = await arrive()
      const before = await fingerprint()
      const starts = [
        start,
        '/',
        '/cart',
        '/checkout',
        '/logout',
        '/setup?code=x',
        '/robots.txt',
        '/sitemap.xml',
      ]
      const broken: string[] = []
      let count = 0
      for await (const { address, answer } of crawl(somebody, starts)) {
        if (answer.status >= 500 || (answer.status === 404 && address !== '/setup?code=x'))
          broken.push(`${answer.status} ${address}`)
        count += 1
        if (count > 600) break
      }
      expect(broken).toEqual([])
      expect(count).toBeGreaterThan(30)
      expect(count).toBeLessThan(600)
      expect(await fingerprint()).toEqual(before)
    },
    60_000,
  )
})

test('the home page asks whoever manages staff for two-factor authentication until they have it, and nobody else', async () => {
  const asks = async (id: number) => {
    const { body } = await (await someoneSignedIn(id)).get('/admin')
    return body.includes('Set up two-factor authentication')
  }
  const { olga } = await olgaOpensHerShop()
  const manager = await aPerson({ role: 'staff', areas: ['staff'] })
  const clerk = await aPerson({ role: 'staff', areas: ['orders'] })
  expect([await asks(olga), await asks(manager.id), await asks(clerk.id)]).toEqual([true, true, false])
  await beginTwoFactor({ userId: manager.id, password })
  await db
    .update(users)
    .set({ totpEnabledAt: sql`now()` })
    .where(eq(users.id, manager.id))
  expect(await asks(manager.id)).toBe(false)
})
