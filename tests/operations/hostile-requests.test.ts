import { connect } from 'node:net'
import { count, desc } from 'drizzle-orm'
import { afterEach, describe, expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { carts, orders, products, variants } from '#db/schema/index.ts'
import { aProduct } from '#tests/support/cast.ts'
import { aVisitor, openCheckout, theOwner, theShop, useRunningShop } from '#tests/support/http-shop.ts'
import type { Answer } from '#tests/support/visitor.ts'

useRunningShop()

/** What no shopper needs to read: our files, our tables, our statements. */
const innards =
  /\bat .+\.(js|ts|tsx):\d+|node_modules|PostgresError|relation "|Failed query|insert into|\bselect \S+ from/i

function expectRefusal(answer: Pick<Answer, 'status' | 'body'>) {
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(answer.status).toBeLessThan(500)
  expect(answer.body).not.toMatch(innards)
}

// Whatever was thrown at it: the shop is there, and at once.
afterEach(async () => {
  const startedAt = performance.now()
  expect(await aVisitor().get('/healthz')).toMatchObject({ status: 200, body: 'ok\n' })
  expect(performance.now() - startedAt).toBeLessThan(1_000)
})

/** Sends exactly this and answers with what comes back, until the shop hangs up. */
async function raw(text: string | Buffer): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(theShop().origin)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => {})
  socket.write(text)
  const pieces: Buffer[] = []
  try {
    for await (const piece of socket) pieces.push(piece as Buffer)
  } catch (error) {
    // Hung up while we were still sending: what was answered before counts.
    if ((error as NodeJS.ErrnoException).code !== 'ECONNRESET') throw error
  }
  const body = Buffer.concat(pieces).toString()
  return { status: Number(body.split(' ')[1]), body }
}

const head = (more: string) =>
  `POST /cart/lines HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n${more}\r\n\r\n`

describe('too much', () => {
  test('a body of 10 MB is 413 before it is sent', async () => {
    const answer = await raw(head('Content-Length: 10485760'))
    expectRefusal(answer)
    expect(answer.status).toBe(413)
  })

  test('a body that does not say how long it is, is 413 when it gets too long', async () => {
    const chunk = `10000\r\n${'a'.repeat(0x10000)}\r\n`
    const answer = await raw(head('Transfer-Encoding: chunked') + chunk.repeat(6))
    expectRefusal(answer)
    expect(answer.status).toBe(413)
  })

  test('a body that drips is 408', { timeout: 60_000 }, async () => {
    const answer = await raw(`${head('Content-Length: 100')}quantity=1`)
    expectRefusal(answer)
    expect(answer.status).toBe(408)
  })

  test('100,000 fields are 400', async () => {
    const answer = await aVisitor().post('/cart/lines', 'a=&'.repeat(80_000))
    expectRefusal(answer)
    expect(answer.status).toBe(400)
  })

  test('20 KB of headers are 431', async () => {
    const answer = await raw(`GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: ${'a'.repeat(20_000)}\r\n\r\n`)
    expectRefusal(answer)
    expect(answer.status).toBe(431)
  })

  test('what is not HTTP is 400', async () => {
    const answer = await raw('\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n')
    expectRefusal(answer)
    expect(answer.status).toBe(400)
  })
})

describe('bodies that are broken', () => {
  const multipart = 'multipart/form-data; boundary=x'
  const form = 'application/x-www-form-urlencoded'
  const bodies: [string, string, string | Uint8Array][] = [
    ['bytes that are not UTF-8', form, Buffer.from([0x71, 0x3d, 0xff, 0xfe, 0xc3, 0x28])],
    ['escapes that are not UTF-8', form, 'variantId=%FF%FE&quantity=%C3%28'],
    ['half an escape', form, 'variantId=%&quantity=%2'],
    ['NUL', form, 'variantId=1%00&quantity=1'],
    ['JSON under its own name', 'application/json', '{"quantity":1}'],
    ['JSON under the name of a form', form, '{"__proto__":{"isAdmin":true}}'],
    ['JSON 100,000 levels deep', 'application/json', '['.repeat(100_000)],
    ['text', 'text/plain', 'variantId=1'],
    ['no type', '', 'variantId=1'],
    ['a boundary that never comes', multipart, '--y\r\nContent-Disposition: form-data; name="a"\r\n\r\n1'],
    [
      'a multipart body that is cut off',
      multipart,
      '--x\r\nContent-Disposition: form-data; name="quantity"\r\n\r\n1',
    ],
    ['multipart without a boundary', 'multipart/form-data', '--x--'],
    ['a part without a name', multipart, '--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--\r\n'],
    ['a type that is no type', '\u00ff;;;=', 'a=b'],
  ]
  const paths = ['/cart/lines', '/checkout', '/login', '/theme', '/cart/lines/1']
  test.each(bodies)('%s: refused, or taken for an empty form, never a fault', async (_, type, body) => {
    for (const path of paths) {
      const { status, body: words } = await aVisitor().send(path, body, {
        ...(type ? { 'content-type': type } : {}),
        'sec-fetch-site': 'same-origin',
      })
      expect(status, path).toBeLessThan(500)
      expect(words, path).not.toMatch(innards)
    }
  })

  const names: [string, string][] = [
    ['an index that would allocate millions', 'items[5000000]=x'],
    ['a path of 90 levels', `${'a.'.repeat(90)}a=x`],
    ['the prototype', '__proto__.isAdmin=1'],
    ['the prototype in brackets', 'a[__proto__][b]=1'],
    ['the constructor', 'constructor.prototype.x=1'],
  ]
  test.each(names)('a field named %s is 400, wherever it is sent', async (_, body) => {
    const owner = await theOwner()
    for (const path of ['/cart/lines', '/checkout', '/theme', '/admin/products/new', '/admin/settings']) {
      const answer = await owner.post(path, `csrf=${owner.csrf}&${body}`)
      expect(answer.status, path).toBe(400)
      expectRefusal(answer)
    }
  })

  test('the same field twice is a mistake in words', async () => {
    const { variantId } = await aProduct()
    const ada = aVisitor()
    const form = await openCheckout(ada, { variantId })
    const answer = await ada.post('/checkout', [...Object.entries(form), ['name', 'Somebody else']])
    expect(answer.status).toBe(422)
    expectRefusal(answer)
  })
})

describe('quantities', () => {
  const refused = [
    '0',
    '-1',
    '1.5',
    '1e3',
    '１',
    '',
    ' ',
    '1000',
    '1000000000',
    '2147483648',
    '9'.repeat(99),
    'NaN',
    'Infinity',
    '0x10',
    '1,000',
    '+1',
    "1' or '1'='1",
  ]
  test.each(refused)('%j of something is refused, and the cart stays empty', async (quantity) => {
    const { variantId } = await aProduct()
    const [before] = await db.select({ carts: count() }).from(carts)
    const answer = await aVisitor().post('/cart/lines', { variantId: String(variantId), quantity })
    expect(answer.status).toBeLessThan(500)
    expect(answer.body).not.toMatch(innards)
    expect((await db.select({ carts: count() }).from(carts))[0]).toEqual(before)
  })

  test.each(['-1', '1.5', '1e3', '１', '', '1000', '9'.repeat(99), 'NaN'])(
    'setting a line to %j leaves it as it was',
    async (quantity) => {
      const { variantId } = await aProduct()
      const ada = aVisitor()
      const { csrf } = await openCheckout(ada, { variantId, quantity: 2 })
      const answer = await ada.post(`/cart/lines/${variantId}`, { csrf: csrf!, quantity })
      expect(answer.status).toBeLessThan(500)
      expect((await ada.get('/cart')).body).toMatch(/name="quantity"[^>]*value="2"/)
    },
  )
})

describe('addresses', () => {
  const addresses = [
    ...['-1', '0', '1e9', '1000000000', '9'.repeat(30), 'NaN', 'abc', '１', ''].flatMap((page) => [
      `/collections/all?page=${encodeURIComponent(page)}`,
      `/search?q=pot&page=${encodeURIComponent(page)}`,
      `/admin/orders?page=${encodeURIComponent(page)}`,
      `/admin/products?page=${encodeURIComponent(page)}`,
      `/admin/mails?page=${encodeURIComponent(page)}`,
    ]),
    '/collections/all?sort_by=password',
    '/collections/all?sort_by=title;drop table users',
    '/collections/all?filter.v.price.gte=-1&filter.v.price.lte=1e99',
    '/collections/all?filter.v.price.gte=NaN',
    `/collections/all?${'filter.p.tag=a&'.repeat(400)}`,
    '/admin/orders?sort=password&show=everything',
    '/admin/products?sort=password&status=x',
    '/admin/orders/abc',
    '/admin/orders/99999999999999999999',
    '/admin/products/-1',
    '/admin/imports/1?show=password',
    '/orders/none',
    "/orders/' or 1=1 --",
    '/products/%E2%80%AE',
    '/products/a?variant=9999999999999999999999',
    '/media/x/y',
    ...[
      '%',
      '_',
      '\\',
      "'",
      '"',
      'a:*&!|()',
      '<script>',
      'the and of',
      '((((',
      '-',
      '!!',
      '\u202e',
      '😀',
      'a'.repeat(2_000),
      `${'a'.repeat(50)}!`,
      '(a+)+$',
      "'; drop table orders; --",
    ].flatMap((query) => [
      `/search?q=${encodeURIComponent(query)}`,
      `/admin/orders?q=${encodeURIComponent(query)}`,
      `/admin/products?q=${encodeURIComponent(query)}`,
    ]),
  ]
  test('no address makes a fault, or shows how the shop is made', async () => {
    const owner = await theOwner()
    const faults = []
    for (const address of addresses) {
      const asker = address.startsWith('/admin') ? owner : aVisitor()
      const startedAt = performance.now()
      const { status, body } = await asker.get(address)
      const took = performance.now() - startedAt
      if (status >= 500 || innards.test(body) || took > 2_000)
        faults.push(`${status} ${Math.round(took)} ms ${address}`)
    }
    expect(faults).toEqual([])
  })
})

describe('amounts in the product form', () => {
  const good: [string, number | null][] = [
    ['19.99', 1999],
    ['0', 0],
    ['0.01', 1],
    ['1 000', 100000],
    ['', null],
  ]
  const bad = [
    '-1',
    '1e3',
    'NaN',
    'Infinity',
    '9007199254740993',
    '9'.repeat(29),
    '1.999',
    '１',
    '€5',
    '0x10',
    '--1',
    '=1+1',
  ]

  async function make(owner: Awaited<ReturnType<typeof theOwner>>, fields: Record<string, string>) {
    return owner.post('/admin/products/new', {
      csrf: owner.csrf,
      status: 'active',
      isShown: 'on',
      title: 'Priced',
      ...fields,
    })
  }

  test.each(good)('%j is %s cents', async (price, cents) => {
    const answer = await make(await theOwner(), { price })
    expect(answer.status).toBe(303)
    const [variant] = await db
      .select({ price: variants.price })
      .from(variants)
      .orderBy(desc(variants.id))
      .limit(1)
    expect(variant).toEqual({ price: cents })
  })

  test.each(bad)('%j is refused in words, and kept in the field', async (price) => {
    const [before] = await db.select({ products: count() }).from(products)
    const answer = await make(await theOwner(), { price })
    expect(answer.status).toBe(400)
    expectRefusal(answer)
    expect(answer.body).toContain('Enter an amount')
    expect((await db.select({ products: count() }).from(products))[0]).toEqual(before)
  })
})

describe('text', () => {
  const kept: [string, string][] = [
    ['emoji of four bytes and families', '👩‍👩‍👧‍👦 Ada 𝒳'],
    ['right to left', 'שלום مرحبا'],
    ['an override of direction', 'evil\u202Etxt'],
    ['a thousand marks on one letter', `Z${'\u0351'.repeat(90)}`],
    ['markup', '<script>alert(1)</script><img src=x onerror=alert(1)>'],
    ['a template', '{{7*7}} ${7*7} <%= 7 %>'],
    ['a formula', '=1+1'],
    ['SQL', "Robert'); drop table orders; --"],
    ['letters that change case oddly', 'İıẞß ﷽ 漢字'],
    ['ampersands', 'Hill &amp; Co &#39;'],
  ]
  const stored = (text: string) => text.normalize('NFC').trim()
  const escaped = (text: string) =>
    stored(text).replace(
      /[&<>"']/g,
      (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#x27;' })[sign]!,
    )

  test.each(kept)('%s comes out of an order as it went in', async (_, text) => {
    const { variantId } = await aProduct()
    const ada = aVisitor()
    const form = await openCheckout(ada, { variantId })
    const { status, location } = await ada.post('/checkout', {
      ...form,
      name: text,
      line1: text,
      city: text,
      note: text,
    })
    expect(status).toBe(303)
    const [order] = await db.select().from(orders).orderBy(desc(orders.id)).limit(1)
    expect(order).toMatchObject({
      shipName: stored(text),
      shipLine1: stored(text),
      customerNote: stored(text),
    })
    expect((await ada.get(location!)).body).toContain(escaped(text))
    const owner = await theOwner()
    expect((await owner.get(`/admin/orders/${order!.id}`)).body).toContain(escaped(text))
  })

  test.each(kept)('%s as the title of a product', async (_, text) => {
    const owner = await theOwner()
    const { status, location } = await owner.post('/admin/products/new', {
      ...{ csrf: owner.csrf, title: text, status: 'active', isShown: 'on', price: '5' },
    })
    expect(status).toBe(303)
    const [product] = await db.select().from(products).orderBy(desc(products.id)).limit(1)
    expect(product!.title).toBe(stored(text))
    const pages = [
      await owner.get(location!),
      await aVisitor().get(`/products/${encodeURIComponent(product!.handle)}`),
    ]
    for (const { status, body } of pages) {
      expect(status).toBe(200)
      expect(body).toContain(escaped(text))
      expect(body).not.toContain('<script>alert')
    }
  })

  const refused: [string, string][] = [
    ['NUL', 'a%00b'],
    ['half a character', 'a%ED%A0%80b'],
    ['bytes that are not UTF-8', 'a%FFb'],
    ['a bell', 'a%07b'],
    ['only spaces', '%20%20%E2%80%83'],
    ['300 letters', 'a'.repeat(300)],
  ]
  test.each(refused)('%s in a name is refused in words; nothing is ordered', async (_, encoded) => {
    const { variantId } = await aProduct()
    const ada = aVisitor()
    const { name: _name, ...form } = await openCheckout(ada, { variantId })
    const [before] = await db.select({ orders: count() }).from(orders)
    const answer = await ada.post('/checkout', `${new URLSearchParams(form).toString()}&name=${encoded}`)
    expect(answer.status).toBe(422)
    expectRefusal(answer)
    expect(answer.body).toContain('value="12 Square"')
    expect((await db.select({ orders: count() }).from(orders))[0]).toEqual(before)
  })
})
