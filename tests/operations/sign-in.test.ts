import { eq, sql } from 'drizzle-orm'
import { Secret, TOTP } from 'otpauth'
import { describe, expect, test } from 'vitest'
import { findSession } from '#app/domain/accounts/sessions.server.ts'
import { beginTwoFactor, getTwoFactorSetup } from '#app/domain/accounts/two-factor.server.ts'
import { getEmailLink, deriveLinkToken } from '#app/domain/mail/email-links.server.ts'
import { db } from '#db/client.ts'
import { emails, sessions, users } from '#db/schema/index.ts'
import { createUser, createProduct, createShop, password, signIn } from '#tests/support/cast.ts'
import { databaseUrl } from '#tests/support/database.ts'
import { newVisitor, openCheckout, getShop, useRunningShop } from '#tests/support/http-shop.ts'
import { startShop } from '#tests/support/running-shop.ts'
import { createVisitor, hiddenFields, type Answer } from '#tests/support/visitor.ts'

useRunningShop()

/** The body without what differs between responses: nonce, request id, typed input. */
const plain = ({ body }: Answer, typed: string) =>
  body
    .replaceAll(typed, 'ADDRESS')
    .replace(/nonce="[^"]*"/g, '')
    .replace(/[\da-f]{16}/g, 'ID')

describe('responses do not reveal accounts or orders', () => {
  const forms = [
    ['signing in', '/login', { password: 'not the password' }, 401],
    ['signing up', '/signup', {}, 303],
    ['requesting a password reset', '/forgot-password', {}, 303],
    ['requesting order links', '/orders', {}, 303],
  ] as const

  test.each(forms)(
    '%s: the same status, headers and text for every address',
    async (_, path, fields, status) => {
      const { email } = await createUser()
      const unknown = email.replace('person', 'nobody')
      const answers = []
      for (const address of [email, unknown]) {
        const answer = await newVisitor().post(path, { ...fields, email: address })
        expect(answer.status).toBe(status)
        const next = answer.location ? await newVisitor().get(answer.location) : null
        const names = [...answer.headers.keys()].sort()
        answers.push({ names, location: answer.location, body: plain(answer, address), next: next?.status })
      }
      expect(answers[0]).toEqual(answers[1])
    },
  )
})

describe('signing in', () => {
  test('redirects to the requested page, if that is in the shop', async () => {
    const { email } = await createUser()
    const enter = (next: string) => newVisitor().post('/login', { email, password, next })
    expect((await enter('/cart')).location).toBe('/cart')
    for (const away of [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      'javascript:alert(1)',
      '',
    ])
      expect((await enter(away)).location).toBe('/account')
    const staff = await createUser({ role: 'staff' })
    expect((await newVisitor().post('/login', { email: staff.email, password })).location).toBe('/admin')
  })

  test('from the checkout with a merged cart leads to the cart first, and says why', async () => {
    const [pot, vase] = [await createProduct({ title: 'Clay pot' }), await createProduct({ title: 'Vase' })]
    const carl = await createUser()
    const home = newVisitor()
    await home.post('/login', { email: carl.email, password })
    await openCheckout(home, pot)

    const guest = newVisitor()
    await openCheckout(guest, { variantId: vase.variantId, quantity: 2 })
    const { csrf } = hiddenFields((await guest.get('/login?next=/checkout')).body, '/login')
    const answer = await guest.post('/login', { csrf: csrf!, email: carl.email, password, next: '/checkout' })
    expect(answer.location).toBe('/cart')
    const cart = await guest.get('/cart')
    expect(cart.body).toContain('2 items from this device were added to your cart.')
    expect(cart.body).toContain('Clay pot')
    expect((await home.get('/cart')).body).toContain('Vase')
  })

  test('with two-factor authentication needs password and code, in this order', async () => {
    const { id, email } = await createUser({ role: 'staff' })
    await beginTwoFactor({ userId: id, password })
    const { secret } = (await getTwoFactorSetup(id, 'Hill & Co'))!
    await db
      .update(users)
      .set({ totpEnabledAt: sql`now()` })
      .where(eq(users.id, id))
    const code = () => new TOTP({ secret: Secret.fromBase32(secret) }).generate()
    const staff = newVisitor()
    expect((await staff.post('/login/two-factor', { code: code() })).location).toBe('/login')

    const first = await staff.post('/login', { email, password, next: '/admin/settings' })
    expect(first).toMatchObject({ status: 303, location: '/login/two-factor' })
    expect(staff.cookies.has('sid')).toBe(false)
    expect((await staff.get('/admin')).location).toMatch(/^\/login/)
    expect(await staff.post('/login/two-factor', { code: '000000' })).toMatchObject({ status: 401 })
    const second = await staff.post('/login/two-factor', { code: code() })
    expect(second).toMatchObject({ status: 303, location: '/admin/settings' })
    expect(await findSession(staff.cookies.get('sid')!)).toMatchObject({ user: { id } })
  })

  test('the pending sign-in after the password cannot be forged, and code attempts are limited', async () => {
    const { id, email } = await createUser({ role: 'staff' })
    await beginTwoFactor({ userId: id, password })
    await db
      .update(users)
      .set({ totpEnabledAt: sql`now()` })
      .where(eq(users.id, id))
    const forged = Buffer.from(
      JSON.stringify({ userId: id, next: '/', until: Date.now() + 60_000 }),
    ).toString('base64')
    const eve = newVisitor({ 'pending-sign-in': `${forged}.x` })
    expect((await eve.post('/login/two-factor', { code: '123456' })).location).toBe('/login')
    const statuses = []
    for (let attempt = 0; attempt < 6; attempt++) {
      const thief = newVisitor()
      await thief.post('/login', { email, password })
      statuses.push((await thief.post('/login/two-factor', { code: '000000' })).status)
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429])
  })

  test('a guest whose page is older than their session can still sign up', async () => {
    const { variantId } = await createProduct()
    const guest = newVisitor()
    await openCheckout(guest, { variantId })
    const answer = await guest.post('/signup', { email: 'nina@example.com' })
    expect(answer.location).toBe('/check-your-email')
    const elsewhere = await guest.post('/signup', { email: 'nina@example.com' }, { 'sec-fetch-site': 'none' })
    expect(elsewhere.status).toBe(403)
  })
})

test('an emailed link can be opened any number of times and used once, by its form', async () => {
  const { email } = await createUser()
  await newVisitor().post('/forgot-password', { email })
  const [message] = await db.select().from(emails).where(eq(emails.toEmail, email))
  await expect.poll(async () => getEmailLink(message!.id), { timeout: 20_000 }).not.toBeNull()
  const address = `/reset-password/${deriveLinkToken((await getEmailLink(message!.id))!)!}`
  for (let time = 0; time < 3; time++) expect((await newVisitor().get(address)).body).toContain(email)
  const page = await newVisitor().get(address)
  expect(page.headers.get('referrer-policy')).toBe('same-origin')
  expect(page.headers.get('cache-control')).toMatch(/no-store/)
  expect(page.headers.get('x-robots-tag')).toBe('noindex')
  const weak = await newVisitor().post(address, { password: 'iloveyou' })
  expect(weak.status).toBe(422)
  expect(weak.body).toContain('too common')
  const set = await newVisitor().post(address, { password: 'quite another one' })
  expect(set).toMatchObject({ status: 303, location: '/login' })
  expect(set.headers.getSetCookie().join()).not.toContain('sid=')
  expect((await newVisitor().post(address, { password: 'and yet another' })).status).toBe(409)
  expect((await newVisitor().get(address)).body).toContain('has expired or was already used')
  expect((await newVisitor().post('/login', { email, password: 'quite another one' })).status).toBe(303)
})

test('one network address can request three emails an hour to one mailbox, then gets the time to wait', async () => {
  const ask = newVisitor()
  const statuses = []
  let last: Answer
  for (let time = 0; time < 4; time++) {
    last = await ask.post('/forgot-password', { email: 'somebody@example.com' })
    statuses.push(last.status)
  }
  expect(statuses).toEqual([303, 303, 303, 429])
  expect(Number(last!.headers.get('retry-after'))).toBeGreaterThan(3000)
  expect(last!.body).toContain('Too many requests')
  expect((await newVisitor().post('/forgot-password', { email: 'somebody@example.com' })).status).toBe(303)
})

test('automated orders of one mailbox end with a 429, however many browsers and addresses there are', async () => {
  const { variantId } = await createProduct({ stock: 999 })
  const place = async () => {
    const buyer = newVisitor()
    const form = await openCheckout(buyer, { variantId })
    return (await buyer.post('/checkout', { ...form, email: 'tester@example.com' })).status
  }
  const statuses = await Promise.all(Array.from({ length: 34 }, place))
  expect(statuses.filter((status) => status === 303)).toHaveLength(30)
  expect(statuses.filter((status) => status === 429)).toHaveLength(4)
}, 60_000)

test('refused orders do not count', async () => {
  const { variantId } = await createProduct({ stock: 999 })
  const buyer = newVisitor()
  const form = await openCheckout(buyer, { variantId })
  for (let time = 0; time < 32; time++)
    expect((await buyer.post('/checkout', { ...form, shownTotal: '1' })).status).toBe(409)
  expect((await buyer.post('/checkout', form)).status).toBe(303)
})

test('after a secret rotation, sessions, open forms and unused links stay valid', async () => {
  const secrets = (list: string) => startShop({ databaseUrl }, { SESSION_SECRET: list, ROLE: 'web' })
  const [old, fresh] = ['s'.repeat(32), 'f'.repeat(32)]
  const token = await signIn((await createUser()).id)
  const before = await secrets(old)
  const { csrf } = hiddenFields(
    (await createVisitor(before.origin, { cookies: { sid: token } }).get('/')).body,
    '/theme',
  )
  await before.stop()

  const shop = await secrets(`${fresh},${old}`)
  try {
    const carl = createVisitor(shop.origin, { cookies: { sid: token } })
    expect((await carl.post('/theme', { csrf: csrf!, theme: 'dark', next: '/' })).status).toBe(303)
    const page = hiddenFields((await carl.get('/')).body, '/theme')
    expect(page.csrf).not.toBe(csrf)
    expect((await carl.post('/theme', { csrf: page.csrf!, theme: 'dark', next: '/' })).status).toBe(303)
  } finally {
    await shop.stop()
  }

  const without = await secrets(fresh)
  try {
    const carl = createVisitor(without.origin, { cookies: { sid: token } })
    expect((await carl.post('/theme', { csrf: csrf!, theme: 'dark', next: '/' })).status).toBe(403)
    expect((await carl.get('/cart')).status).toBe(200)
  } finally {
    await without.stop()
  }
})

test('an owner who lost all credentials is recovered by the server’s operator', async () => {
  const { spawnSync } = await import('node:child_process')
  await createShop()
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['scripts/recover-account.ts', ...args], {
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        DATABASE_URL: databaseUrl,
        SESSION_SECRET: 's'.repeat(32),
        APP_ORIGIN: getShop().origin,
      } as unknown as NodeJS.ProcessEnv,
    })
  expect(run('nobody@hill.example')).toMatchObject({ status: 1, stdout: '' })
  const printed = run('olga@hill.example', '--without-two-factor')
  expect(printed.stderr).toBe('')
  const link = /http\S+/.exec(printed.stdout)![0]
  expect((await newVisitor().post(link, { password: 'a password for Olga' })).status).toBe(303)
  expect(
    (await newVisitor().post('/login', { email: 'olga@hill.example', password: 'a password for Olga' }))
      .location,
  ).toBe('/admin')
})

test('the cookie of an ended session gives no access, in whatever way it ended', async () => {
  const { id } = await createUser()
  const token = await signIn(id)
  const browser = newVisitor({ sid: token })
  expect((await browser.get('/login')).location).toBe('/account')
  await db.delete(sessions).where(eq(sessions.userId, id))
  expect((await browser.get('/login')).status).toBe(200)
})
