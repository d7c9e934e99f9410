import { count, desc } from 'drizzle-orm'
import { afterEach, describe, expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { carts, orders, products, variants } from '#db/schema/index.ts'
import { createProduct } from '#tests/support/cast.ts'
import { controlFields, internals } from '#tests/support/fuzz-inputs.ts'
import { newVisitor, openCheckout, signedInOwner, getShop, useRunningShop } from '#tests/support/http-shop.ts'
import { rawRequest } from '#tests/support/raw-request.ts'
import type { Answer } from '#tests/support/visitor.ts'

useRunningShop()

function expectRefusal(answer: Pick<Answer, 'status' | 'body'>) {
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(answer.status).toBeLessThan(500)
  expect(answer.body).not.toMatch(internals)
}

// After every malicious request: the shop still responds immediately.
afterEach(async () => {
  const startedAt = performance.now()
  expect(await newVisitor().get('/healthz')).toMatchObject({ status: 200, body: 'ok\n' })
  expect(performance.now() - startedAt).toBeLessThan(1_000)
})

describe('oversized requests', () => {
  test('20 KB of headers are 431', async () => {
    const answer = await rawRequest(
      getShop().origin,
      `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: ${'a'.repeat(20_000)}\r\n\r\n`,
    )
    expectRefusal(answer)
    expect(answer.status).toBe(431)
  })

  test('a request that is not HTTP is 400', async () => {
    const answer = await rawRequest(getShop().origin, '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n')
    expectRefusal(answer)
    expect(answer.status).toBe(400)
  })
})

describe('a small body does not stall the shop', () => {
  /** The slowest response of /healthz while these are sent one after another, in milliseconds. */
  async function slowestHealthWhile(sending: () => Promise<Answer>): Promise<number> {
    let isSending = true
    const asking = (async () => {
      let slowest = 0
      while (isSending) {
        const startedAt = performance.now()
        await newVisitor().get('/healthz')
        slowest = Math.max(slowest, performance.now() - startedAt)
      }
      return slowest
    })()
    try {
      for (let i = 0; i < 3; i++) expectRefusal(await sending())
    } finally {
      isSending = false
    }
    return asking
  }

  const slowestOfThree = async (sending: () => Promise<Answer>) => {
    const slowest: number[] = []
    for (let i = 0; i < 3; i++) slowest.push(await slowestHealthWhile(sending))
    return Math.min(...slowest)
  }

  /** A checkout with a mistake, so that it is returned with errors. */
  async function createInvalidCheckout() {
    const { variantId } = await createProduct()
    const ada = newVisitor()
    const fields = Object.entries({ ...(await openCheckout(ada, { variantId })), email: 'nobody' })
    return { ada, fields }
  }

  describe.each(['/checkout', '/checkout.data'])('%s', (address) => {
    test.each(controlFields)('%s: the response is no larger than without it', async (_, name, value) => {
      const { ada, fields } = await createInvalidCheckout()
      const plain = await ada.post(address, fields)
      const answer = await ada.post(address, [...fields, [name, value]])
      expect(answer.status).toBe(plain.status)
      expectRefusal(answer)
      // Nonces and times differ in length by little.
      expect(Math.abs(answer.body.length - plain.body.length)).toBeLessThan(100)
    })

    test('a huge index in an intent takes no longer than an unknown field', async () => {
      const { ada, fields } = await createInvalidCheckout()
      const [, name, value] = controlFields[0]!
      const plain = await slowestOfThree(() => ada.post(address, [...fields, ['zz', value]]))
      const hostile = await slowestOfThree(() => ada.post(address, [...fields, [name, value]]))
      expect(hostile / plain).toBeLessThan(8)
    })

    test.each([43_000, 60_000, 130_500])(
      '%i marks in a field take no longer than as many letters',
      async (count) => {
        const { ada, fields } = await createInvalidCheckout()
        // As many as fit into a form, besides the token.
        const token = fields.filter(([name]) => name === 'csrf')
        const send = (note: string) => () => ada.postMultipart(address, [...token, ['note', note]])
        const plain = await slowestOfThree(send('ē'.repeat(count)))
        const hostile = await slowestOfThree(send('\u0301\u0316'.repeat(count / 2)))
        expect(hostile / plain).toBeLessThan(8)
      },
    )
  })
})

test('a duplicate field is a validation error', async () => {
  const { variantId } = await createProduct()
  const ada = newVisitor()
  const form = await openCheckout(ada, { variantId })
  const answer = await ada.post('/checkout', [...Object.entries(form), ['name', 'Somebody else']])
  expect(answer.status).toBe(422)
  expectRefusal(answer)
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
  test.each(refused)('a quantity of %j is refused, and the cart stays empty', async (quantity) => {
    const { variantId } = await createProduct()
    const [before] = await db.select({ carts: count() }).from(carts)
    const answer = await newVisitor().post('/cart/lines', { variantId: String(variantId), quantity })
    expect(answer.status).toBeLessThan(500)
    expect(answer.body).not.toMatch(internals)
    expect((await db.select({ carts: count() }).from(carts))[0]).toEqual(before)
  })

  test.each(['-1', '1.5', '1e3', '１', '', '1000', '9'.repeat(99), 'NaN'])(
    'setting a line to %j leaves it unchanged',
    async (quantity) => {
      const { variantId } = await createProduct()
      const ada = newVisitor()
      const { csrf } = await openCheckout(ada, { variantId, quantity: 2 })
      const answer = await ada.post(`/cart/lines/${variantId}`, { csrf: csrf!, quantity })
      expect(answer.status).toBeLessThan(500)
      expect((await ada.get('/cart')).body).toMatch(/name="quantity"[^>]*value="2"/)
    },
  )
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

  async function make(owner: Awaited<ReturnType<typeof signedInOwner>>, fields: Record<string, string>) {
    return owner.post('/admin/products/new', {
      csrf: owner.csrf,
      status: 'active',
      isShown: 'on',
      title: 'Priced',
      confirmPrices: 'on',
      ...fields,
    })
  }

  test.each(good)('%j is %s cents', async (price, cents) => {
    const answer = await make(await signedInOwner(), { price })
    expect(answer.status).toBe(303)
    const [variant] = await db
      .select({ price: variants.price })
      .from(variants)
      .orderBy(desc(variants.id))
      .limit(1)
    expect(variant).toEqual({ price: cents })
  })

  test.each(bad)('%j is refused with a message, and stays in the field', async (price) => {
    const [before] = await db.select({ products: count() }).from(products)
    const answer = await make(await signedInOwner(), { price })
    expect(answer.status).toBe(422)
    expectRefusal(answer)
    expect(answer.body).toContain('Enter an amount')
    expect((await db.select({ products: count() }).from(products))[0]).toEqual(before)
  })
})

describe('text', () => {
  const kept: [string, string][] = [
    ['four-byte and family emoji', '👩‍👩‍👧‍👦 Ada 𝒳'],
    ['right to left', 'שלום مرحبا'],
    ['a direction override', 'evil\u202Etxt'],
    ['thirty marks on one letter', `Z${'\u0351'.repeat(30)}`],
    ['markup', '<script>alert(1)</script><img src=x onerror=alert(1)>'],
    ['a template', '{{7*7}} ${7*7} <%= 7 %>'],
    ['a formula', '=1+1'],
    ['SQL', "Robert'); drop table orders; --"],
    ['letters with irregular case mapping', 'İıẞß ﷽ 漢字'],
    ['ampersands', 'Hill &amp; Co &#39;'],
  ]
  const stored = (text: string) => text.normalize('NFC').trim()
  const escaped = (text: string) =>
    stored(text).replace(
      /[&<>"']/g,
      (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#x27;' })[sign]!,
    )

  test.each(kept)('%s is unchanged in an order', async (_, text) => {
    const { variantId } = await createProduct()
    const ada = newVisitor()
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
    const owner = await signedInOwner()
    expect((await owner.get(`/admin/orders/${order!.id}`)).body).toContain(escaped(text))
  })

  test.each(kept)('%s is unchanged as a product title', async (_, text) => {
    const owner = await signedInOwner()
    const { status, location } = await owner.post('/admin/products/new', {
      ...{ csrf: owner.csrf, title: text, status: 'active', isShown: 'on', price: '5' },
    })
    expect(status).toBe(303)
    const [product] = await db.select().from(products).orderBy(desc(products.id)).limit(1)
    expect(product!.title).toBe(stored(text))
    const pages = [
      await owner.get(location!),
      await newVisitor().get(`/products/${encodeURIComponent(product!.handle)}`),
    ]
    for (const { status, body } of pages) {
      expect(status).toBe(200)
      expect(body).toContain(escaped(text))
      expect(body).not.toContain('<script>alert')
    }
  })

  test('of a thousand marks on one letter thirty are kept', async () => {
    const { variantId } = await createProduct()
    const ada = newVisitor()
    const form = await openCheckout(ada, { variantId })
    const { status } = await ada.post('/checkout', { ...form, note: `Z${'\u0351'.repeat(900)}` })
    expect(status).toBe(303)
    const [order] = await db.select().from(orders).orderBy(desc(orders.id)).limit(1)
    expect(order!.customerNote).toBe(`Z${'\u0351'.repeat(30)}`)
  })

  const refused: [string, string][] = [
    ['NUL', 'a%00b'],
    ['a lone surrogate', 'a%ED%A0%80b'],
    ['bytes that are not UTF-8', 'a%FFb'],
    ['a control character', 'a%07b'],
    ['only spaces', '%20%20%E2%80%83'],
    ['300 letters', 'a'.repeat(300)],
  ]
  test.each(refused)('%s in a name is refused with a message; nothing is ordered', async (_, encoded) => {
    const { variantId } = await createProduct()
    const ada = newVisitor()
    const { name: _name, ...form } = await openCheckout(ada, { variantId })
    const [before] = await db.select({ orders: count() }).from(orders)
    const answer = await ada.post('/checkout', `${new URLSearchParams(form).toString()}&name=${encoded}`)
    expect(answer.status).toBe(422)
    expectRefusal(answer)
    expect(answer.body).toContain('value="12 Square"')
    expect((await db.select({ orders: count() }).from(orders))[0]).toEqual(before)
  })
})
