import { beforeAll, expect, test } from 'vitest'
import { createPage, deletePage, updatePage } from '#app/domain/pages/edit-pages.server.ts'
import { newPageSchema } from '#app/domain/pages/page.schema.ts'
import type { PolicyHandle } from '#app/domain/pages/pages.ts'
import { createShop, createUser } from '#tests/support/cast.ts'
import {
  getShop,
  newVisitor,
  signedInOwner,
  signInVisitor,
  useRunningShop,
} from '#tests/support/http-shop.ts'
import { thingOf } from '#tests/support/structured-data.ts'

useRunningShop()

let by: number

beforeAll(async () => {
  by = (await createShop()).olga
})

const factsOf = (fields: Record<string, string>) => newPageSchema.parse({ body: 'Secret text', ...fields })

async function write(fields: Record<string, string>, policy: PolicyHandle | null = null): Promise<number> {
  const made = await createPage({ facts: factsOf(fields), policy, by })
  if (!made.ok) throw new Error(made.reason)
  return made.id
}

/** The shop answers from its cache until a change is announced. */
const becomes = (ask: () => Promise<unknown>, wanted: unknown) =>
  expect.poll(ask, { interval: 20, timeout: 5_000 }).toEqual(wanted)

const statusOf = async (path: string) => (await newVisitor().get(path)).status

test('a policy is nowhere until it is published, and nowhere again after that', async () => {
  const path = '/policies/refund-policy'
  const links = async () => (await newVisitor().get('/')).body.split(`href="${path}"`).length - 1
  const isInSitemap = async () => (await newVisitor().get('/sitemaps/pages-1.xml')).body.includes(path)
  const seen = async () => [
    await statusOf(path),
    await statusOf(`${path}.data`),
    await links(),
    await isInSitemap(),
  ]
  expect(await seen()).toEqual([404, 404, 0, false])
  const id = await write({ title: 'Returns' }, 'refund-policy')
  expect(await seen()).toEqual([404, 404, 0, false])
  await updatePage({ id, version: 1, facts: factsOf({ title: 'Returns', isPublished: 'on' }), by })
  await becomes(seen, [200, 200, 1, true])
  const { body } = await newVisitor().get(path)
  expect(body).toContain('<h1 dir="auto">Returns</h1>')
  expect(body).toContain('Last updated on ')
  expect(body).toMatch(/<link rel="canonical" href="http[^"]+\/policies\/refund-policy"/)
  expect(body).toContain('<meta name="description" content="Secret text"')
  await updatePage({ id, version: 2, facts: factsOf({ title: 'Returns' }), by })
  await becomes(seen, [404, 404, 0, false])
  await updatePage({ id, version: 3, facts: factsOf({ title: 'Returns', isPublished: 'on' }), by })
  await becomes(seen, [200, 200, 1, true])
  await deletePage(id, by)
  await becomes(seen, [404, 404, 0, false])
  expect(await statusOf('/policies/cookie-policy')).toBe(404)
})

test('a cached page shows a new text as soon as it is saved', async () => {
  const facts = { title: 'FAQ', isPublished: 'on' }
  const id = await write(facts)
  const says = async (text: string) => (await newVisitor().get('/pages/faq')).body.includes(text)
  expect(await says('Secret text')).toBe(true)
  await updatePage({ id, version: 1, facts: factsOf({ ...facts, body: 'Next text' }), by })
  await becomes(() => says('Next text'), true)
})

test('the title and description for search engines are used when they are written', async () => {
  const seo = { seoTitle: 'Who makes our pots', seoDescription: 'Two potters & a kiln.' }
  await write({ title: 'Our makers', isPublished: 'on', ...seo })
  const { body } = await newVisitor().get('/pages/our-makers')
  expect(body).toContain('<title>Who makes our pots · ')
  expect(body).toContain('content="Two potters &amp; a kiln."')
  expect(body).toContain('<h1 dir="auto">Our makers</h1>')
})

test('pages and policies have breadcrumbs for search engines', async () => {
  await write({ title: 'Visit "us" </script>', handle: 'visit-us', isPublished: 'on' })
  await write({ title: 'Terms & more', isPublished: 'on' }, 'terms-of-service')
  const home = { '@type': 'ListItem', position: 1, name: 'Home', item: `${getShop().origin}/` }
  for (const [path, name] of [
    ['/pages/visit-us', 'Visit "us" </script>'],
    ['/policies/terms-of-service', 'Terms & more'],
  ] as const) {
    const { itemListElement } = thingOf((await newVisitor().get(path)).body, 'BreadcrumbList')
    expect(itemListElement).toEqual([home, { '@type': 'ListItem', position: 2, name }])
  }
})

test('an unpublished page is previewed by staff who may edit it, and by nobody else', async () => {
  await write({ title: 'Draft page' })
  await write({ title: 'Draft policy' }, 'legal-notice')
  const staffWith = async (...permissions: ('catalog' | 'orders')[]) =>
    signInVisitor((await createUser({ role: 'staff', permissions })).id)
  const editor = await staffWith('catalog')
  const others = [newVisitor(), await signInVisitor((await createUser()).id), await staffWith('orders')]
  for (const path of ['/pages/draft-page', '/policies/legal-notice']) {
    const preview = `${path}?preview=on`
    // Twice: the preview must not fill a cache.
    for (let times = 0; times < 2; times += 1) {
      const { status, body, headers } = await editor.get(preview)
      expect([path, status]).toEqual([path, 200])
      expect(body).toContain('Secret text')
      expect(body).toContain('Customers cannot see this page.')
      expect(body).toContain('name="robots" content="noindex"')
      expect(body).not.toContain('rel="canonical"')
      expect(headers.get('cache-control')).toContain('no-store')
      expect(headers.get('x-robots-tag')).toBe('noindex')
      expect((await editor.get(path)).status).toBe(404)
      for (const visitor of others)
        for (const address of [preview, path, preview.replace('?', '.data?')]) {
          const answer = await visitor.get(address)
          expect([address, answer.status]).toEqual([address, 404])
          expect(answer.body).not.toContain('Secret text')
        }
    }
  }
})

test('a save from an old version, and a handle in use, keep what was typed', async () => {
  const owner = await signedInOwner()
  const id = await write({ title: 'Care' })
  await write({ title: 'Repairs' })
  const save = (fields: Record<string, string>) =>
    owner.post(`/admin/pages/${id}?index`, { csrf: owner.csrf, title: 'Care', body: 'Wipe it.', ...fields })
  const taken = await save({ version: '1', handle: 'repairs' })
  expect(taken.status).toBe(409)
  expect(taken.body).toContain('Another page has this handle.')
  expect(taken.body).toContain('Wipe it.')
  expect((await save({ version: '1' })).status).toBe(303)
  const stale = await save({ version: '1', body: 'Mine' })
  expect(stale.body).toContain('Someone else changed this page')
  expect(stale.body).toContain('Mine')
  expect((await save({ version: '2', body: '' })).body).toContain('Enter the text.')
})

test('a long text in any script is saved', async () => {
  const owner = await signedInOwner()
  const text = 'Ω'.repeat(59_000)
  const { status, location } = await owner.postMultipart('/admin/pages/new', [
    ['csrf', owner.csrf],
    ['title', 'Όροι'],
    ['body', text],
    ['isPublished', 'on'],
  ])
  expect(status).toBe(303)
  expect(location).toMatch(/^\/admin\/pages\/\d+$/)
  expect((await newVisitor().get(`/pages/${encodeURIComponent('οροι')}`)).body).toContain(text)
})

test('the form of a written policy leads to its editor, and an unknown policy is a page', async () => {
  const owner = await signedInOwner()
  const id = await write({ title: 'Shipping' }, 'shipping-policy')
  const { status, location } = await owner.get('/admin/pages/new?policy=shipping-policy')
  expect([status, location]).toEqual([303, `/admin/pages/${id}`])
  expect((await owner.get('/admin/pages/new?policy=cookies')).body).toContain('New page')
})
