import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { products } from '#db/schema/index.ts'
import { createProduct, createProductWithOptions, createShop, createUser } from '#tests/support/cast.ts'
import { newVisitor, signInVisitor, useRunningShop } from '#tests/support/http-shop.ts'

useRunningShop()

let draft: { handle: string; productId: number; variantId: number }
let preview: string

beforeAll(async () => {
  await createShop()
  draft = await createProduct({ title: 'Secret lamp' })
  await db.update(products).set({ status: 'draft' }).where(eq(products.id, draft.productId))
  preview = `/products/${draft.handle}?preview=on`
})

const staffWith = async (...permissions: ('catalog' | 'orders')[]) =>
  signInVisitor((await createUser({ role: 'staff', permissions })).id)

test('staff who may edit products see the page of a draft, marked as such', async () => {
  const answer = await (await staffWith('catalog')).get(preview)
  expect(answer.status).toBe(200)
  expect(answer.body).toContain('Customers cannot see this page.')
  expect(answer.body).toContain('Secret lamp')
  expect(answer.body).not.toContain('action="/cart/lines"')
})

test('visitors, customers and other staff get the 404, before and after a preview', async () => {
  const others = [newVisitor(), await signInVisitor((await createUser()).id), await staffWith('orders')]
  const editor = await staffWith('catalog')
  for (const visitor of [...others, ...others]) {
    for (const address of [preview, `/products/${draft.handle}`]) {
      const { status, body } = await visitor.get(address)
      expect([address, status]).toEqual([address, 404])
      expect(body).not.toContain('Secret lamp')
    }
    expect((await visitor.get(preview.replace('?', '.data?'))).body).not.toContain('Secret lamp')
    await editor.get(preview)
  }
  expect((await editor.get(`/products/${draft.handle}`)).status).toBe(404)
})

test('a preview is neither cached nor indexed', async () => {
  const { headers, body } = await (await staffWith('catalog')).get(preview)
  expect(headers.get('cache-control')).toContain('no-store')
  expect(headers.get('x-robots-tag')).toBe('noindex')
  expect(body).toContain('name="robots" content="noindex"')
})

test('the options of a draft can be selected without script', async () => {
  const { handle } = await createProductWithOptions({
    title: 'Secret shirt',
    optionNames: ['Size'],
    versions: [
      { values: ['S'], price: 1100 },
      { values: ['M'], price: 1300 },
    ],
  })
  await db.update(products).set({ status: 'draft' }).where(eq(products.handle, handle))
  const { body } = await (await staffWith('catalog')).get(`/products/${handle}?preview=on&option1=M`)
  expect(body).toMatch(/buy__price[^]*13\.00/)
  expect(body).toContain('name="preview" value="on"')
})

test('a draft cannot be added to the cart', async () => {
  const editor = await staffWith('catalog')
  const page = await editor.get('/admin/products')
  const csrf = /name="csrf" value="([^"]+)"/.exec(page.body)![1]!
  await editor.post('/cart/lines', {
    csrf,
    product: draft.handle,
    variantId: String(draft.variantId),
    quantity: '1',
  })
  expect((await editor.get('/cart')).body).not.toContain('Secret lamp')
})

test('the preview of a published product is its page, without a mark', async () => {
  const { handle } = await createProduct({ title: 'Public lamp' })
  const { status, body } = await newVisitor().get(`/products/${handle}?preview=on`)
  expect(status).toBe(200)
  expect(body).not.toContain('Draft preview')
})
