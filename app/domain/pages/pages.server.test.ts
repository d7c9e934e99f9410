import { eq, sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { getRenamedTo, isDeletedHandle } from '#app/domain/storefront/handle-history.server.ts'
import { db } from '#db/client.ts'
import { auditLog, handleHistory, pages } from '#db/schema/index.ts'
import { listAnnouncements, useAnnouncements } from '#tests/support/announcements.ts'
import { createShop } from '#tests/support/cast.ts'
import {
  createPage,
  deletePage,
  findPolicy,
  getPageForStaff,
  listPages,
  moveInFooter,
  updatePage,
} from './edit-pages.server.ts'
import type { PageFacts } from './page.schema.ts'
import { getFooterLinks, getPublishedPage, getUnpublishedPage, listPublishedPages } from './pages.server.ts'
import { policies, policyHandles, type PolicyHandle } from './pages.ts'

useAnnouncements()

let by: number

beforeEach(async () => {
  by = (await createShop()).olga
  await db.delete(pages)
})

const facts: PageFacts = {
  ...{ title: 'About us', handle: '', body: 'We make pots.', isPublished: true, inFooter: false },
  ...{ seoTitle: '', seoDescription: '' },
}

async function write(changes: Partial<PageFacts> = {}, policy: PolicyHandle | null = null): Promise<number> {
  const made = await createPage({ facts: { ...facts, ...changes }, policy, by })
  if (!made.ok) throw new Error(made.reason)
  return made.id
}

async function change(id: number, changes: Partial<PageFacts>) {
  const { version, handle, title } = (await getPageForStaff(id))!
  return updatePage({ id, version, facts: { ...facts, title, handle, ...changes }, by })
}

const read = async (id: number) => (await getPageForStaff(id))!
const about = { kind: 'page', handle: 'about-us' } as const

test('a page gets its handle from its title, and the next one with the same title a free one', async () => {
  const [first, second] = [await write(), await write()]
  expect((await read(first)).handle).toBe('about-us')
  expect((await read(second)).handle).toBe('about-us-2')
  const symbols = await write({ title: '!?' })
  expect((await read(symbols)).handle).toBe('page')
})

test('of ten pages created at once, one gets the handle, and the others a reason', async () => {
  const results = await Promise.all(
    Array.from({ length: 10 }, () => createPage({ facts: { ...facts, handle: 'faq' }, policy: null, by })),
  )
  expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  expect(new Set(results.filter(({ ok }) => !ok).map((result) => !result.ok && result.reason))).toEqual(
    new Set(['handle-taken']),
  )
})

test('ten pages with one title that are created at once all get handles', async () => {
  const ids = await Promise.all(Array.from({ length: 10 }, () => write()))
  const rows = await Promise.all(ids.map(read))
  expect(new Set(rows.map(({ handle }) => handle)).size).toBe(10)
})

test('a page is not renamed to a handle of another page, but may have the one of a policy', async () => {
  const [faq, other] = [await write({ handle: 'faq' }), await write()]
  expect(await change(other, { handle: 'faq' })).toEqual({ ok: false, reason: 'handle-taken' })
  expect((await read(other)).handle).toBe('about-us')
  await write({}, 'refund-policy')
  expect(await change(faq, { handle: 'refund-policy' })).toMatchObject({ ok: true })
  await write({}, 'legal-notice')
  expect(await read(await write({ title: 'Legal notice' }))).toMatchObject({ handle: 'legal-notice' })
})

test('there is one policy of each kind, whose handle is fixed', async () => {
  const [first, second] = await Promise.all(
    [1, 2].map(() => createPage({ facts, policy: 'privacy-policy', by })),
  )
  expect([first, second].filter((result) => result!.ok)).toHaveLength(1)
  expect([first, second]).toContainEqual({ ok: false, reason: 'policy-exists' })
  const id = (await findPolicy('privacy-policy'))!
  expect(await change(id, { handle: 'elsewhere', inFooter: true })).toMatchObject({ ok: true })
  expect(await read(id)).toMatchObject({ kind: 'policy', handle: 'privacy-policy', position: null })
  expect(await findPolicy('legal-notice')).toBeNull()
})

test('the database accepts exactly the handles of policies that the code knows', async () => {
  for (const handle of policyHandles) await write({ title: policies[handle].title }, handle)
  await expect(
    db.insert(pages).values({ kind: 'policy', handle: 'cookie-policy', title: 'Cookies', body: '' }),
  ).rejects.toMatchObject({ cause: { constraint_name: 'pages_policy_handle' } })
})

test('scripts, styles, images and handlers are removed from the text, and plain text becomes paragraphs', async () => {
  const id = await write({
    body: '<h1>Care</h1><p onclick="x()">Wash <a href="javascript:alert(1)">cold</a>.</p><script>alert(1)</script><img src=x onerror=alert(1)>',
  })
  expect((await read(id)).body).toBe('<h2>Care</h2><p>Wash <a>cold</a>.</p>')
  await change(id, { body: 'One\nline\n\nTwo & <3' })
  expect((await read(id)).body).toBe('<p>One<br />line</p><p>Two &amp; &lt;3</p>')
})

test('only published pages are public, and an unpublished one is there for its preview', async () => {
  const id = await write({ isPublished: false, inFooter: true })
  expect(await getPublishedPage(about)).toBeNull()
  expect(await getUnpublishedPage(about)).toMatchObject({ id })
  expect(await listPublishedPages()).toEqual([])
  expect(await getFooterLinks()).toEqual({ pages: [], policies: [] })
  await change(id, { isPublished: true, inFooter: true })
  expect(await getPublishedPage(about)).toMatchObject({ id, title: 'About us' })
  expect(await getUnpublishedPage(about)).toBeNull()
  expect(await listPublishedPages()).toMatchObject([{ kind: 'page', handle: 'about-us' }])
  expect(await getPublishedPage({ kind: 'policy', handle: 'about-us' })).toBeNull()
})

test('the footer links chosen pages in their order, and all published policies in a fixed one', async () => {
  const faq = await write({ title: 'FAQ', inFooter: true })
  const story = await write({ title: 'Our story', inFooter: true })
  const jobs = await write({ title: 'Jobs', inFooter: true })
  await write({ title: 'Landing page' })
  await write({ title: 'Terms' }, 'terms-of-service')
  await write({ title: 'Shipping' }, 'shipping-policy')
  await write({ title: 'Privacy', isPublished: false }, 'privacy-policy')
  const titles = async () => {
    const links = await getFooterLinks()
    return [links.pages, links.policies].map((list) => list.map(({ title }) => title))
  }
  expect(await titles()).toEqual([
    ['FAQ', 'Our story', 'Jobs'],
    ['Shipping', 'Terms'],
  ])
  expect(await moveInFooter({ id: jobs, position: 1, by })).toBe(true)
  expect((await titles())[0]).toEqual(['Jobs', 'FAQ', 'Our story'])
  expect(await moveInFooter({ id: jobs, position: 99, by })).toBe(true)
  expect((await titles())[0]).toEqual(['FAQ', 'Our story', 'Jobs'])
  await change(faq, { inFooter: false })
  expect((await titles())[0]).toEqual(['Our story', 'Jobs'])
  await change(faq, { inFooter: true })
  await change(story, { inFooter: true, title: 'Story' })
  expect((await titles())[0]).toEqual(['Story', 'Jobs', 'FAQ'])
  expect(await moveInFooter({ id: (await findPolicy('terms-of-service'))!, position: 1, by })).toBe(false)
  expect(await moveInFooter({ id: 0, position: 1, by })).toBe(false)
})

test('pages that are moved at once keep one order', async () => {
  const ids = await Promise.all(
    Array.from({ length: 6 }, (_, n) => write({ title: `P${n}`, inFooter: true })),
  )
  await Promise.all(ids.map((id, index) => moveInFooter({ id, position: (index % 3) + 1, by })))
  const positions = (await listPages()).map(({ position }) => position)
  expect(positions.toSorted()).toEqual([1, 2, 3, 4, 5, 6])
})

test('a save that would undo another one is refused, and the time of the last change is that of the text', async () => {
  const id = await write()
  await db
    .update(pages)
    .set({ updatedAt: new Date(0), publishedAt: new Date(0) })
    .where(eq(pages.id, id))
  expect(await updatePage({ id, version: 1, facts: { ...facts, inFooter: true }, by })).toMatchObject({
    ok: true,
  })
  expect((await read(id)).updatedAt).toEqual(new Date(0))
  expect(await updatePage({ id, version: 1, facts: { ...facts, body: 'Lost' }, by })).toEqual({
    ok: false,
    reason: 'stale',
  })
  expect(await read(id)).toMatchObject({ body: '<p>We make pots.</p>', version: 2 })
  await change(id, { body: 'We make vases.' })
  expect((await read(id)).updatedAt.getTime()).toBeGreaterThan(0)
  expect(await updatePage({ id: 0, version: 1, facts, by })).toEqual({ ok: false, reason: 'not-found' })
})

test('a policy is as old as its publication when the text was written before', async () => {
  const id = await write({ isPublished: false }, 'privacy-policy')
  await db
    .update(pages)
    .set({ updatedAt: new Date(0) })
    .where(eq(pages.id, id))
  await change(id, { isPublished: true })
  const { updatedAt, publishedAt } = await read(id)
  expect(updatedAt).toEqual(new Date(0))
  const shown = await getPublishedPage({ kind: 'policy', handle: 'privacy-policy' })
  expect(shown!.updatedAt).toEqual(publishedAt)
})

test('former handles of a page lead to it while it is published, and are known as deleted after it', async () => {
  const id = await write()
  await change(id, { handle: 'our-story' })
  expect(await getRenamedTo('page', 'about-us')).toBe('our-story')
  expect(await getRenamedTo('collection', 'about-us')).toBeNull()
  // A policy's handle is at another address.
  await change(id, { handle: 'legal-notice' })
  await change(id, { handle: 'our-story' })
  await write({}, 'legal-notice')
  expect(await getRenamedTo('page', 'legal-notice')).toBe('our-story')
  const next = await write({ handle: 'about-us' })
  expect(await getRenamedTo('page', 'about-us')).toBeNull()
  await deletePage(next, by)
  expect(await getRenamedTo('page', 'about-us')).toBe('our-story')
  await change(id, { isPublished: false })
  expect(await getRenamedTo('page', 'about-us')).toBeNull()
  expect(await deletePage(id, by)).toEqual({ title: 'About us' })
  expect(await deletePage(id, by)).toBeNull()
  for (const handle of ['about-us', 'our-story']) expect(await isDeletedHandle('page', handle)).toBe(true)
  await deletePage((await findPolicy('legal-notice'))!, by)
  expect(await db.$count(handleHistory, sql`handle = 'legal-notice' and kind <> 'page'`)).toBe(0)
})

test('each change is announced and in the audit log', async () => {
  let id = 0
  for (const work of [
    async () => (id = await write({ inFooter: true })),
    () => change(id, { inFooter: true, body: 'We make vases.' }),
    () => deletePage(id, by),
  ])
    expect(await listAnnouncements(work)).toEqual([{ topic: 'catalog' }])
  const rows = await db
    .select()
    .from(auditLog)
    .where(eq(auditLog.rowKey, String(id)))
    .orderBy(auditLog.id)
  expect(rows.map(({ tableName, action, label }) => [tableName, action, label])).toEqual([
    ['pages', 'insert', 'About us'],
    ['pages', 'update', 'About us'],
    ['pages', 'delete', 'About us'],
  ])
  expect(rows[1]!.changes).toEqual({ body: ['<p>We make pots.</p>', '<p>We make vases.</p>'] })
})
