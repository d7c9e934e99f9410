import { createHash } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { beforeAll, describe, expect, test } from 'vitest'
import { beginTwoFactor, getTwoFactorSetup } from '#app/domain/accounts/two-factor.server.ts'
import { createUser, createProduct, password } from '#tests/support/cast.ts'
import { databaseUrl } from '#tests/support/database.ts'
import { seedShop, type SeededShop } from '#tests/support/seeded-shop.ts'
import { newVisitor, openCheckout, signedInOwner, useRunningShop } from '#tests/support/http-shop.ts'
import { startShop } from '#tests/support/running-shop.ts'
import { type Answer, createVisitor, hiddenFields } from '#tests/support/visitor.ts'

useRunningShop()

let seeded: SeededShop
let stylesheet: string

beforeAll(async () => {
  seeded = await seedShop()
  stylesheet = /href="(\/assets\/[^"]+\.css)"/.exec((await newVisitor().get('/')).body)![1]!
})

const form = 'application/x-www-form-urlencoded'
const answers: [string, () => ReturnType<ReturnType<typeof newVisitor>['get']>][] = [
  ['the home page', () => newVisitor().get('/')],
  ['a product', () => newVisitor().get(`/products/${seeded.pot.handle}`)],
  ['a data request', () => newVisitor().get('/cart.data')],
  ['a missing page', () => newVisitor().get('/no/such/page')],
  ['an invalid URL', () => newVisitor().get('/%FF')],
  ['a method that is not allowed', () => newVisitor().send('/cart', '', { 'content-type': form })],
  [
    'a body that is not a form',
    () => newVisitor().post('/cart/lines', '{}', { 'content-type': 'application/json' }),
  ],
  ['a form with errors', () => newVisitor().post('/checkout', {})],
  ['a redirect', () => newVisitor().get('/admin')],
  ['the admin', async () => (await signedInOwner()).get('/admin/orders')],
  ['a style sheet', () => newVisitor().get(stylesheet)],
  ['a missing file', () => newVisitor().get('/assets/none.js')],
  ['a missing image', () => newVisitor().get(`/media/${'0'.repeat(64)}/320.webp`)],
  ['robots.txt', () => newVisitor().get('/robots.txt')],
  ['the sitemap', () => newVisitor().get('/sitemap.xml')],
  ['a file of the sitemap', () => newVisitor().get('/sitemaps/products-1.xml')],
  ['the product feed', () => newVisitor().get('/feeds/google.xml')],
  ['a redirect of the staff', () => newVisitor().get('/old-garden')],
  ['health', () => newVisitor().get('/healthz')],
]

test.each(answers)('%s has the security headers', async (_, ask) => {
  const { headers } = await ask()
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin')
  expect(headers.get('x-request-id')).toMatch(/^[\da-f]{16}$/)
  expect(headers.get('x-powered-by')).toBeNull()
  const policy = headers.get('content-security-policy')!
  expect(policy).toMatch(/default-src '(self|none)'/)
  expect(policy).not.toMatch(/script-src[^;]*unsafe|\*/)
})

test.each(answers)('every inline script and style of %s is allowed by its policy', async (_, ask) => {
  const { headers, body } = await ask()
  if (!headers.get('content-type')?.includes('html')) return
  const policy = headers.get('content-security-policy')!
  for (const [, kind, attributes, text] of body.matchAll(/<(script|style)\b([^>]*)>(.*?)<\/\1>/gs)) {
    if (/\bsrc=|type="application\/ld\+json"/.test(attributes!)) continue
    const nonce = /nonce="([^"]+)"/.exec(attributes!)?.[1]
    const hash = createHash('sha256').update(text!).digest('base64')
    const directive = new RegExp(`${kind}-src [^;]*`).exec(policy)![0]
    const isNamed =
      (nonce && directive.includes(`'nonce-${nonce}'`)) || directive.includes(`'sha256-${hash}'`)
    expect(isNamed, `${kind} ${text!.slice(0, 80)}`).toBe(true)
  }
})

test('no nonce is used twice', async () => {
  const ada = newVisitor()
  await openCheckout(ada, { variantId: seeded.pot.variantId })
  const policies = [await ada.get('/cart'), await ada.get('/cart')].map(
    ({ headers }) => /'nonce-([^']+)'/.exec(headers.get('content-security-policy')!)![1],
  )
  expect(policies[0]).not.toBe(policies[1])
})

describe('personal pages are not stored by caches', () => {
  const pages: [string, () => string][] = [
    ['cart', () => '/cart'],
    ['checkout', () => '/checkout'],
    ['receipt', () => `/orders/${seeded.token}`],
    ['admin', () => '/admin'],
    ['orders', () => '/admin/orders'],
    ['an order', () => `/admin/orders/${seeded.orderId}`],
    ['products', () => '/admin/products'],
    ['imports', () => '/admin/imports'],
    ['emails', () => '/admin/emails'],
    ['settings', () => '/admin/settings'],
    ['a section of the settings', () => '/admin/settings/payments'],
    ['account', () => '/account'],
    ['profile', () => '/account/profile'],
    ['addresses', () => '/account/addresses'],
    ['security', () => '/account/security'],
    ['devices', () => '/account/devices'],
    ['two-factor authentication', () => '/account/two-factor'],
    ['own orders', () => '/account/orders'],
  ]
  test.each(pages)('%s', async (_, path) => {
    const owner = await signedInOwner()
    await openCheckout(owner, { variantId: seeded.pot.variantId })
    for (const address of [path(), `${path()}.data`]) {
      const { status, headers } = await owner.get(address)
      expect(status, address).toBe(200)
      expect(headers.get('cache-control'), address).toMatch(/no-store/)
    }
  })
})

describe('responses for a session are private', () => {
  const addresses: [string, () => string][] = [
    ['the home page', () => '/'],
    ['a product', () => `/products/${seeded.pot.handle}`],
    ['a list', () => '/collections/all'],
    ['the search', () => '/search?q=pot'],
    ['the cart', () => '/cart'],
    ['the account', () => '/account'],
    ['a missing page', () => '/no/such/page'],
  ]
  test.each(addresses)('%s', async (_, path) => {
    const owner = await signedInOwner()
    for (const address of [path(), path().replace(/^([^?]*[^?/])(?=\?|$)/, '$1.data')]) {
      // The second response may come from the shop's page cache.
      for (const { headers } of [await owner.get(address), await owner.get(address)]) {
        expect(headers.get('cache-control'), address).toMatch(/^private, no-(store|cache)$/)
        expect(headers.get('vary')?.toLowerCase().split(/, */), address).toContain('cookie')
        expect(headers.get('etag'), address).toBeNull()
      }
    }
  })

  test('a response that sets a cookie', async () => {
    const { variantId } = await createProduct()
    const { headers } = await newVisitor().post('/cart/lines', {
      variantId: String(variantId),
      quantity: '1',
    })
    expect(headers.getSetCookie()).not.toEqual([])
    expect(headers.get('cache-control')).toMatch(/^private/)
  })
})

test('the sign-in page', async () => {
  expect((await newVisitor().get('/login')).headers.get('cache-control')).toMatch(/no-store/)
})

describe('cookies', () => {
  test('over http: HttpOnly and SameSite', async () => {
    const { variantId } = await createProduct()
    const { headers } = await newVisitor().post('/cart/lines', {
      variantId: String(variantId),
      quantity: '1',
    })
    const [session, toast] = headers.getSetCookie()
    expect(session).toMatch(/^sid=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/)
    expect(toast).toMatch(/^toast=.*; Path=\/; HttpOnly; SameSite=Lax$/)
  })

  test('over https: bound to the host and Secure', async () => {
    const { variantId } = await createProduct()
    const appOrigin = 'https://shop.example'
    const shop = await startShop({ databaseUrl }, { APP_ORIGIN: appOrigin, ROLE: 'web' })
    try {
      const { headers } = await createVisitor(shop.origin).post(
        '/cart/lines',
        { variantId: String(variantId), quantity: '1' },
        { origin: appOrigin },
      )
      const [session, toast] = headers.getSetCookie()
      expect(session).toMatch(/^__Host-sid=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+; Secure$/)
      expect(toast).toMatch(/^__Host-toast=.*Path=\/; HttpOnly; Secure; SameSite=Lax$/)
      expect(headers.get('strict-transport-security')).toMatch(/max-age=31536000/)
    } finally {
      await shop.stop()
    }
  })

  test('over https: every cookie that the shop sets is bound to the host, and is read again', async () => {
    const appOrigin = 'https://shop.example'
    const shop = await startShop({ databaseUrl }, { APP_ORIGIN: appOrigin, ROLE: 'web' })
    const seen = new Map<string, string[]>()
    const note = <A extends Answer>(answer: A) => {
      for (const line of answer.headers.getSetCookie()) {
        const name = /^[^=]+/.exec(line)![0]
        seen.set(name, [...(seen.get(name) ?? []), line])
      }
      return answer
    }
    try {
      const { id, email } = await createUser({ role: 'staff' })
      const browser = createVisitor(shop.origin)
      const post = async (path: string, fields: Record<string, string>) => {
        const { csrf } = browser.cookies.has('__Host-sid')
          ? hiddenFields((await browser.get('/')).body, '/theme')
          : {}
        return note(await browser.post(path, { ...(csrf ? { csrf } : {}), ...fields }, { origin: appOrigin }))
      }
      await post('/theme', { theme: 'dark', next: '/' })
      expect((await browser.get('/')).body).toMatch(/<html[^>]*data-theme="dark"/)
      await post('/login', { email, password })
      await beginTwoFactor({ userId: id, password })
      const secret = Secret.fromBase32((await getTwoFactorSetup(id, ''))!.secret)
      const codeIn = (seconds: number) =>
        new TOTP({ secret }).generate({ timestamp: Date.now() + seconds * 1000 })
      await post('/account/two-factor/confirmation', { code: codeIn(0) })
      const shown = note(await browser.get('/account/two-factor/recovery-codes'))
      expect(shown.body).toMatch(/(\w{4}-){5}\w{4}/)
      await post('/logout', {})
      await post('/login', { email, password })
      expect((await post('/login/two-factor', { code: codeIn(30) })).location).toBe('/admin')
      await post('/account/profile', { name: 'Carl', phone: '' })
      expect(note(await browser.get('/account/profile')).body).toContain('Profile saved.')
      await post('/theme', { theme: 'system', next: '/' })
    } finally {
      await shop.stop()
    }
    expect([...seen.keys()].sort()).toEqual(
      ['sid', 'toast', 'theme', 'pending-sign-in', 'recovery-codes', 'known-device']
        .map((name) => `__Host-${name}`)
        .sort(),
    )
    for (const line of [...seen.values()].flat()) {
      expect(line).toMatch(/; Path=\/(;|$)/)
      expect(line).toMatch(/; Secure(;|$)/)
      expect(line).toMatch(/; HttpOnly(;|$)/)
      expect(line).toMatch(/; SameSite=Lax(;|$)/)
      expect(line).not.toMatch(/; Domain=/i)
    }
  })

  test('signing out ends the session: the old cookie gives no access', async () => {
    const owner = await signedInOwner()
    const sid = owner.cookies.get('sid')!
    expect((await owner.post('/logout', { csrf: owner.csrf })).status).toBe(303)
    const thief = newVisitor({ sid })
    expect((await thief.get('/admin/orders')).location).toMatch(/^\/login/)
  })

  test('signing in starts a new session: a planted one is worthless', async () => {
    const planted = newVisitor()
    const { variantId } = await createProduct()
    await planted.post('/cart/lines', { variantId: String(variantId), quantity: '1' })
    const before = planted.cookies.get('sid')!
    const victim = newVisitor({ sid: before })
    const answer = await victim.post('/login', {
      email: 'olga@hill.example',
      password: 'four words in a row',
    })
    expect(answer).toMatchObject({ status: 303, location: '/admin' })
    expect(victim.cookies.get('sid')).not.toBe(before)
    expect((await newVisitor({ sid: before }).get('/admin/orders')).location).toMatch(/^\/login/)
  })
})
