import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { type Access, type Permission, permissions, can } from '#app/domain/access/access.ts'
import type { Role, SessionUser } from '#app/domain/access/roles.ts'
import { addAddress } from '#app/domain/accounts/addresses.server.ts'
import { endUserSessions, listDevices } from '#app/domain/accounts/sessions.server.ts'
import { beginTwoFactor } from '#app/domain/accounts/two-factor.server.ts'
import { settleOrder } from '#app/domain/billing/settle-order.server.ts'
import { issueInvoiceNow } from '#app/domain/invoices/invoices.server.ts'
import { db, transaction } from '#db/client.ts'
import {
  homeSections,
  invitations,
  notifications,
  productImages,
  reviewPhotos,
  settings,
  users,
  variants,
  payments,
} from '#db/schema/index.ts'
import { build, type Route, routes } from '#tests/support/built-routes.ts'
import { createUser, createShop, password, signIn } from '#tests/support/cast.ts'
import { crawl } from '#tests/support/crawl.ts'
import { createFailedRefund, createReturnedOrder } from '#tests/support/payments.ts'
import { seedShop, isSettled } from '#tests/support/seeded-shop.ts'
import { newVisitor, signInVisitor, signedInOwner, useRunningShop } from '#tests/support/http-shop.ts'
import { createClassWithRate, createZoneWithMethod } from '#tests/support/zones-and-taxes.ts'
import type { Answer, Visitor } from '#tests/support/visitor.ts'

useRunningShop()

const adminRoutes = routes.filter((route) => /^\/admin(\/|$)/.test(route.path))

let params: Record<string, string>
let carl: { id: number }
/** Data that only staff may read. */
const secrets = /Ada Byron|ada@example\.com|Olga Hill|Bad Lamp/

beforeAll(async () => {
  const seeded = await seedShop()
  await vi.waitUntil(isSettled, { timeout: 20_000, interval: 100 })
  const [image] = await db.select({ id: productImages.id, hash: productImages.mediaHash }).from(productImages)
  const [variant] = await db.select({ id: variants.id }).from(variants)
  const [section] = await db.select({ id: homeSections.id }).from(homeSections)
  const refunded = await createFailedRefund()
  const returned = await createReturnedOrder()
  const { zoneId, methodId } = await createZoneWithMethod()
  const { classId, rateId } = await createClassWithRate()
  params = {
    orderId: String(seeded.orderId),
    draftId: String(seeded.draftId),
    productId: String(seeded.pot.productId),
    relatedId: String(seeded.stool.productId),
    groupId: String(seeded.synonymsId),
    pinId: String(seeded.pinId),
    redirectId: String(seeded.redirectId),
    paymentId: String(await createReleasedPayment(seeded.orderId)),
    transferId: String(refunded.transferId),
    fulfillmentId: String(returned.fulfillmentId),
    returnId: String(returned.returnId),
    variantId: String(variant!.id),
    imageId: String(image!.id),
    collectionId: String(seeded.collectionId),
    sectionId: String(section!.id),
    pageId: String(seeded.pageId),
    promotionId: String(seeded.promotionId),
    importId: String(seeded.importId),
    fetchId: String(seeded.fetchId),
    invoiceId: String(await issueSeededInvoice(seeded)),
    emailId: String(seeded.emailId),
    staffId: String(seeded.clerkId),
    customerId: String(seeded.customerId),
    invitationId: String(seeded.invitationId),
    zoneId: String(zoneId),
    methodId: String(methodId),
    classId: String(classId),
    rateId: String(rateId),
    handle: seeded.pot.handle,
    token: seeded.token,
    hash: '0'.repeat(64),
    file: '320.webp',
    code: 'UNKNOWN',
    reviewId: String(seeded.reviewId),
    photoId: String(await createPhoto(seeded.reviewId, image!.hash!)),
    ...(await customerUrls()),
  }
})

async function createPhoto(reviewId: number, mediaHash: string): Promise<number> {
  const [photo] = await db
    .insert(reviewPhotos)
    .values({ reviewId, mediaHash, position: 1 })
    .returning({ id: reviewPhotos.id })
  return photo!.id
}

async function issueSeededInvoice({ orderId, olga }: { orderId: number; olga: number }): Promise<number> {
  const issued = await issueInvoiceNow(orderId, olga)
  if (!issued.ok) throw new Error(issued.reason)
  return issued.invoiceId
}

/** URLs that belong to one customer, for requests by another; and users for staff to view. */
/** A hold that has ended: it does not count. */
async function createReleasedPayment(orderId: number): Promise<number> {
  return transaction(async (tx) => {
    const [payment] = await tx
      .insert(payments)
      .values({
        orderId,
        method: 'stripe',
        status: 'released',
        amount: 1,
        currency: 'EUR',
        providerId: 'pi_1',
      })
      .returning({ id: payments.id })
    await settleOrder(tx, orderId)
    return payment!.id
  })
}

async function customerUrls(): Promise<Record<string, string>> {
  carl = await createUser()
  const address = { name: 'Carl Gauss', line1: '1 Hill', city: 'Cork', country: 'IE', company: '', line2: '' }
  const saved = await addAddress(carl.id, {
    ...address,
    postcode: '',
    region: '',
    phone: '',
    isDefault: true,
  })
  await signIn(carl.id)
  const [device] = await listDevices(carl.id)
  const [notification] = await db
    .insert(notifications)
    .values({ userId: carl.id, kind: 'order-paid', dedupeKey: 'access', subject: '#1' })
    .returning({ id: notifications.id })
  const { olga } = await createShop()
  const [invitation] = await db
    .insert(invitations)
    .values({ email: 'ivan@example.com', role: 'staff', invitedById: olga })
    .returning({ id: invitations.id })
  return {
    addressId: String(saved.ok && saved.id),
    deviceId: String(device!.id),
    notificationId: String(notification!.id),
    customerId: String(carl.id),
    staffId: String((await createUser({ role: 'staff' })).id),
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

/** A job may write these at any time, whatever a visitor does. */
const writtenByJobs = [
  ...['bought_together', 'product_sales', 'search_bitmaps', 'search_deletions', 'search_documents'],
  ...['search_facets', 'search_queue', 'search_words'],
]

/** A digest per table of all its data, including system columns of row versions: an update to the same value shows. */
async function fingerprint({ except = [] }: { except?: string[] } = {}): Promise<Record<string, string>> {
  const tables = await db.execute<{ name: string }>(
    sql`select format('%I', table_name) as name from information_schema.tables where table_schema = 'public' order by 1`,
  )
  const entries = await Promise.all(
    tables
      .filter(({ name }) => ![...except, ...writtenByJobs].includes(name))
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

/** Where its forms are submitted; a form for an index route needs "?index", or its parent route would get it. */
const postAddressOf = (route: Route) => addressOf(route) + (route.isIndex ? '?index' : '')

const dataOf = (address: string) => (address === '/' ? '/_root.data' : address.replace(/(?=\?|$)/, '.data'))

test('the test finds the routes of the shop', () => {
  expect(adminRoutes.length).toBeGreaterThan(25)
  expect(adminRoutes.filter(({ hasAction }) => hasAction).length).toBeGreaterThan(10)
})

/** Every kind of user, as far as access goes; each staff member has one permission. */
const userKinds = {
  'a visitor': null,
  'a customer': { role: 'customer' },
  'staff without permissions': { role: 'staff' },
  ...Object.fromEntries(
    permissions.map((area) => [`staff for ${area}`, { role: 'staff', permissions: [area] }] as const),
  ),
  'an admin': { role: 'admin' },
  'the owner': { role: 'owner' },
} satisfies Record<string, { role: Role; permissions?: Permission[] } | null>

type User = { role: Role; permissions?: Permission[] } | null

async function visitAs(userKind: User): Promise<{ visitor: Visitor; user: SessionUser | null }> {
  if (userKind === null) return { visitor: newVisitor(), user: null }
  const { role, permissions: ofUser = [] } = userKind
  const id =
    role === 'owner' ? (await createShop()).olga : (await createUser({ role, permissions: ofUser })).id
  const user = { id, role, permissions: ofUser, email: '', name: '', hasTwoFactor: false }
  return { visitor: await signInVisitor(id), user }
}

type Verdict = 'sign in' | 'no access' | 'in'

/** The guard's verdict; any response of a route itself means that access was granted. */
function verdictOf({ status, location, body }: Answer): Verdict {
  const isLogin = /\/login(\?|"|$)/.test(location ?? '') || /SingleFetchRedirect[^]*\/login/.test(body)
  if (isLogin && (status === 303 || status === 202)) return 'sign in'
  if (status === 403 && /No access|You don’t have access to this page/.test(body)) return 'no access'
  return 'in'
}

const due = (user: SessionUser | null, access: Access): Verdict =>
  can(user, access) ? 'in' : user === null ? 'sign in' : 'no access'

describe.each(Object.entries(userKinds))('%s', (_, userKind) => {
  test('sees the pages they have access to, and no data of any other, by document or data request', async () => {
    const { visitor, user } = await visitAs(userKind)
    const wrong = []
    // Public actions decide by themselves where they redirect.
    for (const route of routes.filter(({ access }) => access !== 'everyone')) {
      const whole = dataOf(addressOf(route))
      for (const address of [
        ...(route.hasPage ? [addressOf(route)] : []),
        ...(route.hasLoader ? [`${whole}?_routes=${encodeURIComponent(route.id)}`] : []),
      ]) {
        const answer = await visitor.get(address)
        const verdict = verdictOf(answer)
        // A user refused by a parent route does not reach the route in it.
        const expected = route.accesses.map((access) => due(user, access)).find((one) => one !== 'in') ?? 'in'
        const isOne = address.includes('_routes=')
        if (verdict !== (isOne ? due(user, route.access) : expected) || answer.status >= 500)
          wrong.push(`${verdict} ${answer.status} ${address}`)
        if (verdict !== 'in' && secrets.test(answer.body)) wrong.push(`secrets in ${address}`)
      }
    }
    expect(wrong).toEqual([])
  }, 60_000)

  test('can submit the actions they have access to, and no others', async () => {
    const { visitor, user } = await visitAs(userKind)
    const before = await fingerprint({ except: ['rate_limits'] })
    const wrong = []
    for (const route of routes.filter((each) => each.hasAction && each.access !== 'everyone'))
      for (const address of [postAddressOf(route), dataOf(postAddressOf(route))]) {
        // Without the session's CSRF token, the form of an allowed user is refused after the guard.
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

test('a route without declared access does not start', () => {
  const [id, route] = Object.entries(build.routes).find(
    ([, each]) => each?.id === 'routes/admin.orders._index',
  )!
  const undeclared = { ...route, module: { ...route.module, handle: undefined } }
  const { guardRoutes } = build.entry.module as unknown as typeof import('#app/entry.server.tsx')
  expect(() => guardRoutes({ ...build, routes: { ...build.routes, [id]: undeclared } })).toThrow(
    'routes/admin.orders._index does not declare its access',
  )
})

describe('the data of one customer', () => {
  const own = routes.filter(
    ({ access, path }) => access === 'signed-in' && /:(addressId|deviceId|notificationId)/.test(path),
  )

  test('is not found for another customer, by any URL or form', async () => {
    expect(own.length).toBeGreaterThan(4)
    const eve = await signInVisitor((await createUser()).id)
    const before = await fingerprint({ except: ['rate_limits'] })
    const open = []
    for (const route of own) {
      const asked = []
      // A route without a page of its own redirects and shows nothing.
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

  test('is found for its customer', async () => {
    const page = await signInVisitor(carl.id)
    for (const route of own.filter(({ hasPage }) => hasPage))
      expect((await page.get(addressOf(route))).status, route.path).toBe(200)
  })
})

test('a user whose role is removed loses access with the next request', async () => {
  const staff = await createUser({ role: 'staff', permissions: ['orders'] })
  const page = await signInVisitor(staff.id)
  expect((await page.get('/admin/orders')).status).toBe(200)
  await db.update(users).set({ role: 'customer', permissions: [] }).where(eq(users.id, staff.id))
  expect((await page.get('/admin/orders')).status).toBe(403)
  await db
    .update(users)
    .set({ disabledAt: sql`now()` })
    .where(eq(users.id, staff.id))
  expect((await page.get('/admin/orders')).location).toMatch(/^\/login/)
  await transaction((tx) => endUserSessions(tx, staff.id))
})

test('staff without two-factor authentication only reach its setup, once the shop requires it', async () => {
  const staff = await signInVisitor((await createUser({ role: 'staff', permissions: ['orders'] })).id)
  await db.update(settings).set({ staffNeedTwoFactor: true })
  expect((await staff.get('/admin/orders')).location).toBe('/account/two-factor')
  expect((await staff.get('/admin/orders.data')).body).toContain('/account/two-factor')
  expect((await staff.post('/admin/settings/general', {})).status).not.toBe(303)
  await db.update(settings).set({ staffNeedTwoFactor: false })
  expect((await staff.get('/admin/orders')).status).toBe(200)
})

describe('a signed-in user', () => {
  test('changes nothing with a form without the CSRF token, or with another session’s token', async () => {
    const owner = await signedInOwner()
    const { csrf: foreign } = await signedInOwner()
    // The attempt is counted.
    const before = await fingerprint({ except: ['rate_limits'] })
    const accepted = []
    // As long as a browser's: random, so that no token contains it.
    const boundary = `form-${randomUUID()}`
    // Signing in and claiming the shop require a secret; an unknown URL is a 404.
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

describe('a form’s origin', () => {
  const cases: [string, Record<string, string>][] = [
    ['another site, says the browser', { 'sec-fetch-site': 'cross-site' }],
    ['another subdomain', { 'sec-fetch-site': 'same-site' }],
    ['an origin that is not ours', { origin: 'https://evil.example' }],
    ['no origin at all', {}],
    ['a page without an origin', { origin: 'null' }],
  ]
  test.each(cases)('%s: 403, for every URL', async (_, headers) => {
    const owner = await signedInOwner()
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
    ['a visitor', '/', async () => newVisitor()],
    ['a customer', '/account', async () => signInVisitor((await createUser()).id)],
    [
      'staff for orders',
      '/admin',
      async () => signInVisitor((await createUser({ role: 'staff', permissions: ['orders'] })).id),
    ],
    ['the owner', '/admin', signedInOwner],
  ] as const

  test.each(visitors)(
    '%s follows every link',
    async (_, start, visitAs) => {
      const staffVisitor = await visitAs()
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
        '/sitemaps/products-1.xml',
        '/feeds/google.xml',
      ]
      const broken: string[] = []
      let count = 0
      for await (const { address, answer } of crawl(staffVisitor, starts)) {
        if (answer.status >= 500 || (answer.status === 404 && address !== '/setup?code=x'))
          broken.push(`${answer.status} ${address}`)
        count += 1
        if (count > 1_000) break
      }
      expect(broken).toEqual([])
      expect(count).toBeGreaterThan(30)
      expect(count).toBeLessThan(1_000)
      expect(await fingerprint()).toEqual(before)
    },
    120_000,
  )
})

test('the home page asks staff managers to set up two-factor authentication until they have it, and no other user', async () => {
  const asks = async (id: number) => {
    const { body } = await (await signInVisitor(id)).get('/admin')
    return body.includes('Set up two-factor authentication')
  }
  const { olga } = await createShop()
  const manager = await createUser({ role: 'staff', permissions: ['staff'] })
  const clerk = await createUser({ role: 'staff', permissions: ['orders'] })
  expect([await asks(olga), await asks(manager.id), await asks(clerk.id)]).toEqual([true, true, false])
  await beginTwoFactor({ userId: manager.id, password })
  await db
    .update(users)
    .set({ totpEnabledAt: sql`now()` })
    .where(eq(users.id, manager.id))
  expect(await asks(manager.id)).toBe(false)
})
