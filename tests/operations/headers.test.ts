import { createHash } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { beforeAll, describe, expect, test } from 'vitest'
import { beginTwoFactor, getTwoFactorSetup } from '#app/domain/accounts/two-factor.server.ts'
import { aPerson, aProduct, password } from '#tests/support/cast.ts'
import { databaseUrl } from '#tests/support/database.ts'
import { furnishShop, type FurnishedShop } from '#tests/support/furnished-shop.ts'
import { aVisitor, openCheckout, theOwner, useRunningShop } from '#tests/support/http-shop.ts'
import { startShop } from '#tests/support/running-shop.ts'
import { type Answer, createVisitor, hiddenFields } from '#tests/support/visitor.ts'

useRunningShop()

let furnished: FurnishedShop
let stylesheet: string

beforeAll(async () => {
  furnished = await furnishShop()
  stylesheet = /href="(\/assets\/[^"]+\.css)"/.exec((await aVisitor().get('/')).body)![1]!
})

const form = 'application/x-www-form-urlencoded'
const answers: [string, () => ReturnType<ReturnType<typeof aVisitor>['get']>][] = [
  ['the home page', () => aVisitor().get('/')],
  ['a product', () => aVisitor().get(`/products/${furnished.pot.handle}`)],
  ['the data of a page', () => aVisitor().get('/cart.data')],
  ['a page that is not there', () => aVisitor().get('/no/such/page')],
  ['a bad address', () => aVisitor().get('/%FF')],
  ['a method that is not allowed', () => aVisitor().send('/cart', '', { 'content-type': form })],
  ['a form that is none', () => aVisitor().post('/cart/lines', '{}', { 'content-type': 'application/json' })],
  ['a form with mistakes', () => aVisitor().post('/checkout', {})],
  ['a redirect', () => aVisitor().get('/admin')],
  ['the admin', async () => (await theOwner()).get('/admin/orders')],
  ['a style sheet', () => aVisitor().get(stylesheet)],
  ['a file that is not there', () => aVisitor().get('/assets/none.js')],
  ['a picture that is not there', () => aVisitor().get(`/media/${'0'.repeat(64)}/320.webp`)],
  ['robots.txt', () => aVisitor().get('/robots.txt')],
  ['the site map', () => aVisitor().get('/sitemap.xml')],
  ['health', () => aVisitor().get('/healthz')],
]

test.each(answers)('%s comes with the headers that protect it', async (_, ask) => {
  const { headers } = await ask()
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin')
  expect(headers.get('x-request-id')).toMatch(/^[\da-f]{16}$/)
  expect(headers.get('x-powered-by')).toBeNull()
  const policy = headers.get('content-security-policy')!
  expect(policy).toMatch(/default-src '(self|none)'/)
  expect(policy).not.toMatch(/script-src[^;]*unsafe|\*/)
})

test.each(answers)('every inline script and style of %s is named in its policy', async (_, ask) => {
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
  const ada = aVisitor()
  await openCheckout(ada, { variantId: furnished.pot.variantId })
  const policies = [await ada.get('/cart'), await ada.get('/cart')].map(
    ({ headers }) => /'nonce-([^']+)'/.exec(headers.get('content-security-policy')!)![1],
  )
  expect(policies[0]).not.toBe(policies[1])
})

describe('pages of one person are kept by nobody', () => {
  const pages: [string, () => string][] = [
    ['cart', () => '/cart'],
    ['checkout', () => '/checkout'],
    ['receipt', () => `/orders/${furnished.token}`],
    ['admin', () => '/admin'],
    ['orders', () => '/admin/orders'],
    ['an order', () => `/admin/orders/${furnished.orderId}`],
    ['products', () => '/admin/products'],
    ['imports', () => '/admin/imports'],
    ['mails', () => '/admin/mails'],
    ['settings', () => '/admin/settings'],
    ['account', () => '/account'],
    ['profile', () => '/account/profile'],
    ['addresses', () => '/account/addresses'],
    ['security', () => '/account/security'],
    ['devices', () => '/account/devices'],
    ['second factor', () => '/account/two-factor'],
    ['own orders', () => '/account/orders'],
  ]
  test.each(pages)('%s', async (_, path) => {
    const owner = await theOwner()
    await openCheckout(owner, { variantId: furnished.pot.variantId })
    for (const address of [path(), `${path()}.data`]) {
      const { status, headers } = await owner.get(address)
      expect(status, address).toBe(200)
      expect(headers.get('cache-control'), address).toMatch(/no-store/)
    }
  })
})

describe('what is made for a session is handed to nobody else', () => {
  const addresses: [string, () => string][] = [
    ['the home page', () => '/'],
    ['a product', () => `/products/${furnished.pot.handle}`],
    ['a list', () => '/collections/all'],
    ['the search', () => '/search?q=pot'],
    ['the cart', () => '/cart'],
    ['the account', () => '/account'],
    ['a page that is not there', () => '/no/such/page'],
  ]
  test.each(addresses)('%s', async (_, path) => {
    const owner = await theOwner()
    for (const address of [path(), path().replace(/^([^?]*[^?/])(?=\?|$)/, '$1.data')]) {
      // The second time it may come from the cache of the shop.
      for (const { headers } of [await owner.get(address), await owner.get(address)]) {
        expect(headers.get('cache-control'), address).toMatch(/^private, no-(store|cache)$/)
        expect(headers.get('vary')?.toLowerCase().split(/, */), address).toContain('cookie')
        expect(headers.get('etag'), address).toBeNull()
      }
    }
  })

  test('an answer that sets a cookie', async () => {
    const { variantId } = await aProduct()
    const { headers } = await aVisitor().post('/cart/lines', { variantId: String(variantId), quantity: '1' })
    expect(headers.getSetCookie()).not.toEqual([])
    expect(headers.get('cache-control')).toMatch(/^private/)
  })
})

test('neither is the page to sign in', async () => {
  expect((await aVisitor().get('/login')).headers.get('cache-control')).toMatch(/no-store/)
})

describe('cookies', () => {
  test('on plain http: not for scripts, not for other sites', async () => {
    const { variantId } = await aProduct()
    const { headers } = await aVisitor().post('/cart/lines', { variantId: String(variantId), quantity: '1' })
    const [session, toast] = headers.getSetCookie()
    expect(session).toMatch(/^sid=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/)
    expect(toast).toMatch(/^toast=.*; Path=\/; HttpOnly; SameSite=Lax$/)
  })

  test('on https: bound to the host and never sent in the clear', async () => {
    const { variantId } = await aProduct()
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

  test('on https: every cookie that the shop sets is bound to the host, and is read again', async () => {
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
      const { id, email } = await aPerson({ role: 'staff' })
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
      expect((await post('/login/second-factor', { code: codeIn(30) })).location).toBe('/admin')
      await post('/account/profile', { name: 'Carl', phone: '' })
      expect(note(await browser.get('/account/profile')).body).toContain('Your profile is saved.')
      await post('/theme', { theme: 'system', next: '/' })
    } finally {
      await shop.stop()
    }
    expect([...seen.keys()].sort()).toEqual(
      ['sid', 'toast', 'theme', 'second-factor', 'fresh-codes', 'known-device']
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

  test('signing out ends the session: the old cookie opens nothing', async () => {
    const owner = await theOwner()
    const sid = owner.cookies.get('sid')!
    expect((await owner.post('/logout', { csrf: owner.csrf })).status).toBe(303)
    const thief = aVisitor({ sid })
    expect((await thief.get('/admin/orders')).location).toMatch(/^\/login/)
  })

  test('signing in gives a new session: one planted before is worth nothing', async () => {
    const planted = aVisitor()
    const { variantId } = await aProduct()
    await planted.post('/cart/lines', { variantId: String(variantId), quantity: '1' })
    const before = planted.cookies.get('sid')!
    const victim = aVisitor({ sid: before })
    const answer = await victim.post('/login', {
      email: 'olga@hill.example',
      password: 'four words in a row',
    })
    expect(answer).toMatchObject({ status: 303, location: '/admin' })
    expect(victim.cookies.get('sid')).not.toBe(before)
    expect((await aVisitor({ sid: before }).get('/admin/orders')).location).toMatch(/^\/login/)
  })
})
