import { HtmlValidate } from 'html-validate'
import { beforeAll, expect, test, vi } from 'vitest'
import { issueInvoiceNow } from '#app/domain/invoices/invoices.server.ts'
import { fallbackMessages, fallbackPage, type FallbackStatus } from '#app/http/server/fallback-page.ts'
import { databaseUrl } from '#tests/support/database.ts'
import { newVisitor, signedInOwner, useRunningShop } from '#tests/support/http-shop.ts'
import { csrfOf, exploreAs, isTyped, type KnownForm, openForm, submit } from '#tests/support/known-forms.ts'
import { listPersonas, requestEmailLinks } from '#tests/support/personas.ts'
import { startShop } from '#tests/support/running-shop.ts'
import { isSettled, seedShop } from '#tests/support/seeded-shop.ts'
import { type Answer, createVisitor } from '#tests/support/visitor.ts'

/**
 * What the server really sends must be valid HTML: every page that a crawl finds for every kind of user, every form with
 * errors, the pages before setup and the error pages.
 */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 })

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended', 'html-validate:document'],
  rules: {
    // To a parser <br/>, charSet and disabled="" (as React writes) are the same as <br>, charset and disabled.
    'void-style': 'off',
    'attr-case': 'off',
    'doctype-style': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    // HTML allows any id without spaces; React's own are ":r1:".
    'valid-id': ['error', { relaxed: true }],
    // The default types are the ones meant.
    'no-implicit-button-type': 'off',
    'no-implicit-input-type': 'off',
    // Lists and tables without their own layout lose their role in Safari unless it is written.
    'no-redundant-role': 'off',
    // Colors of data: the accent, the ground of an image. The CSP allows style attributes and no style elements.
    'no-inline-style': 'off',
    // Several checkboxes of a form may share a name.
    'form-dup-name': ['error', { shared: ['radio', 'button', 'reset', 'submit', 'checkbox'] }],
    // Without JavaScript, a page that waits for a job reloads.
    'meta-refresh': 'off',
    // Every file comes from the store itself.
    'require-sri': 'off',
  },
})

/** All faults, with the number of pages. */
const seen = { pages: 0, faults: [] as string[] }
let forms: KnownForm[]

async function see(what: string, { headers, body }: Pick<Answer, 'headers' | 'body'>): Promise<void> {
  if (!headers.get('content-type')?.includes('html')) return
  seen.pages += 1
  seen.faults.push(...(await faultsOf(body)).map((fault) => `${what}: ${fault}`))
}

async function faultsOf(html: string): Promise<string[]> {
  const { results } = await validator.validateString(html)
  const found = results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, selector }) => `${message} (${ruleId}, ${selector})`),
  )
  // What html-validate does not know.
  if (!/<\/body>\s*<\/html>\s*$/.test(html)) found.push('Something follows </html>')
  for (const [, tag, first] of html.matchAll(/(<select\b[^>]*\brequired\b[^>]*>)\s*(<option\b[^>]*>)?/g))
    if (!first?.includes('value=""')) found.push(`A required select without an empty first option: ${tag}`)
  return found
}

// Before anybody has claimed the store.
beforeAll(async () => {
  const unclaimed = await startShop({ databaseUrl }, { ROLE: 'web' })
  const visitor = createVisitor(unclaimed.origin)
  const { pathname, search, searchParams } = new URL(unclaimed.setupLink!)
  const code = searchParams.get('code') ?? ''
  await see('the closed store', await visitor.get('/'))
  await see('setup', await visitor.get(pathname + search))
  await see('setup with errors', await visitor.post(pathname + search, { code, shopName: '', email: 'x' }))
  await see('setup with an old link', await visitor.get(pathname))
  await unclaimed.stop()
})

useRunningShop()

beforeAll(async () => {
  const shop = await seedShop()
  await issueInvoiceNow(shop.orderId, shop.olga)
  await requestEmailLinks(shop)
  await vi.waitUntil(isSettled, { timeout: 20_000, interval: 100 })
  const personas = await listPersonas(shop)
  ;({ forms } = await exploreAs(personas, ({ address, answer }) => see(address, answer)))
})

test('every page is valid HTML', () => {
  expect(seen.pages).toBeGreaterThan(150)
  expect(seen.faults).toEqual([])
})

test('every form with errors is valid HTML', async () => {
  Object.assign(seen, { pages: 0, faults: [] })
  for (const known of forms) {
    const form = await openForm(known)
    if (form?.method !== 'post' || !form.fields.some(isTyped)) continue
    const hidden = form.fields.filter((field) => field.type === 'hidden')
    const empty = form.fields.filter(isTyped).map(({ name }): [string, string] => [name, ''])
    const fields = [...hidden.map(({ name, value }): [string, string] => [name, value ?? '']), ...empty]
    const answer = await submit(form, fields)
    if (answer.status >= 400) await see(`${known.route?.path} with errors`, answer)
    else await see(`${known.route?.path} refused`, await submit(form, [['csrf', csrfOf(form)]]))
  }
  expect(seen.pages).toBeGreaterThan(15)
  expect(seen.faults).toEqual([])
})

test('every error page is valid HTML', async () => {
  Object.assign(seen, { pages: 0, faults: [] })
  const owner = await signedInOwner()
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  await see('an unknown page', await newVisitor().get('/no/such/page'))
  await see('an unknown page of the admin', await owner.get('/admin/no/such/page'))
  await see('an unknown order of the admin', await owner.get('/admin/orders/0'))
  await see('a product that is not there', await newVisitor().get('/products/none'))
  await see('an invalid URL', await newVisitor().get('/%FF'))
  await see(
    'a form of another site',
    await newVisitor().post('/login', {}, { 'sec-fetch-site': 'cross-site' }),
  )
  await see('a form without the token', await owner.post('/admin/products/new', { title: 'x' }))
  await see('a method that is not allowed', await newVisitor().send('/cart', '', form))
  expect(seen.pages).toBe(8)
  for (const status of Object.keys(fallbackMessages).map(Number) as FallbackStatus[]) {
    const page = { status, nonce: 'bm9uY2U=', requestId: '0123456789abcdef', hint: 'Wait "5" <seconds>.' }
    const found = await faultsOf(fallbackPage({ ...page, reloadAfterSeconds: 3 }))
    expect(found, String(status)).toEqual([])
  }
  expect(seen.faults).toEqual([])
})
