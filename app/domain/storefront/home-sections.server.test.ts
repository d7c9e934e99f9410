import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { createCollection, deleteCollection } from '#app/domain/collections/collection-editor.server.ts'
import { addMembers } from '#app/domain/collections/collection-members.server.ts'
import { createPage, updatePage } from '#app/domain/pages/edit-pages.server.ts'
import { newPageSchema } from '#app/domain/pages/page.schema.ts'
import { db } from '#db/client.ts'
import { auditLog, collections, homeSections, products } from '#db/schema/index.ts'
import { useAnnouncements, listAnnouncements } from '#tests/support/announcements.ts'
import { createProduct, createShop, now } from '#tests/support/cast.ts'
import { getHomePage } from './home-page.server.ts'
import {
  createHomeSection,
  customizeHomePage,
  deleteHomeSection,
  getHomeSection,
  listHomeSections,
  listLinkTargets,
  moveHomeSection,
  setHomeSectionVisible,
  updateHomeSection,
} from './home-sections.server.ts'
import { defaultHomeSections, type HomeSectionFacts, type HomeSectionKind } from './home-sections.ts'

useAnnouncements()

let by: number

beforeEach(async () => {
  by = (await createShop()).olga
  await db.delete(homeSections)
  await db.delete(collections)
  await db.update(products).set({ status: 'draft' })
})

const [facts] = defaultHomeSections.map(({ kind: _, ...rest }) => ({ ...rest, linkLabel: '', linkPath: '' }))

async function add(kind: HomeSectionKind, changes: Partial<HomeSectionFacts> = {}): Promise<number> {
  const added = await createHomeSection({ kind, facts: { ...facts!, ...changes }, mediaHash: null, by })
  if (!added.ok) throw new Error(added.reason)
  return added.id
}

async function addCollection(productIds: number[]): Promise<number> {
  const made = await createCollection({
    ...{ title: 'Kitchen', handle: 'kitchen', description: '', parentId: null, position: 0 },
    ...{ kind: 'manual', match: 'all', rules: [], isShown: true, publishedAt: null },
    ...{ seoTitle: '', seoDescription: '', now, by },
  })
  if (!made.ok) throw new Error(made.reason)
  await addMembers({ collectionId: made.id, productIds, by })
  return made.id
}

const kindsInOrder = async () => (await listHomeSections()).map(({ section }) => section.kind)
const shownKinds = async () => (await getHomePage()).sections.map(({ kind }) => kind)

test('without sections, the home page has its default layout, and customizing it stores the same', async () => {
  await createProduct()
  await addCollection([])
  const before = await getHomePage()
  expect(before.sections.map(({ kind }) => kind)).toEqual(['hero', 'collections', 'products'])
  await customizeHomePage(by)
  await customizeHomePage(by)
  expect(await kindsInOrder()).toEqual(['hero', 'collection-list', 'new-products'])
  const withoutKeys = ({ sections }: typeof before) => sections.map((section) => ({ ...section, key: 0 }))
  expect(withoutKeys(await getHomePage())).toEqual(withoutKeys(before))
})

test('the first section that is added comes after the default layout', async () => {
  await add('image-with-text', { heading: 'Our story' })
  expect(await kindsInOrder()).toEqual(['hero', 'collection-list', 'new-products', 'image-with-text'])
})

test('sections are moved, hidden and deleted, and stay numbered without gaps', async () => {
  await createProduct()
  await customizeHomePage(by)
  const last = (await listHomeSections()).at(-1)!.section.id
  await moveHomeSection({ id: last, position: 1, by })
  expect(await kindsInOrder()).toEqual(['new-products', 'hero', 'collection-list'])
  await moveHomeSection({ id: last, position: 20, by })
  expect(await kindsInOrder()).toEqual(['hero', 'collection-list', 'new-products'])
  await moveHomeSection({ id: last, position: 2, by })
  expect(await kindsInOrder()).toEqual(['hero', 'new-products', 'collection-list'])
  await setHomeSectionVisible({ id: last, isVisible: false, by })
  expect(await shownKinds()).toEqual(['hero'])
  await deleteHomeSection(last, by)
  const rows = await listHomeSections()
  expect(rows.map(({ section }) => section.position)).toEqual([1, 2])
  expect(await moveHomeSection({ id: last, position: 1, by })).toBe(false)
})

test('a save based on an older version is refused, and keeps the image that it does not mention', async () => {
  const id = await add('hero', { heading: 'Autumn' })
  expect(await updateHomeSection({ id, version: 1, facts: { ...facts!, heading: 'Winter' }, by })).toEqual({
    ok: true,
    id,
  })
  const stale = await updateHomeSection({ id, version: 1, facts: { ...facts!, heading: 'Spring' }, by })
  expect(stale).toEqual({ ok: false, reason: 'stale' })
  expect((await getHomeSection(id))!.section).toMatchObject({ heading: 'Winter', version: 2 })
})

test('a featured collection shows its products in its order, and nothing once it is hidden or deleted', async () => {
  const [pot, mug] = [await createProduct({ title: 'Pot' }), await createProduct({ title: 'Mug' })]
  const collectionId = await addCollection([pot.productId, mug.productId])
  const id = await add('featured-collection', { featuredCollectionId: collectionId, itemCount: 8 })
  const titles = async () =>
    (await getHomePage()).sections.flatMap((section) =>
      section.key === id && section.kind === 'products' ? section.cards.map(({ title }) => title) : [],
    )
  expect(await titles()).toEqual(['Pot', 'Mug'])
  expect((await getHomePage()).dependsOn).toContain(`set collection:${collectionId}`)
  await db.update(collections).set({ publishedAt: null })
  expect(await titles()).toEqual([])
  await db.update(collections).set({ publishedAt: now })
  expect(await titles()).toEqual(['Pot', 'Mug'])
  await deleteCollection(collectionId, by)
  expect(await titles()).toEqual([])
  const left = (await getHomeSection(id))!
  expect(left.section.featuredCollectionId).toBeNull()
  expect(left.collection).toBeNull()
  const save = { id, version: left.section.version, by }
  expect(
    await updateHomeSection({ ...save, facts: { ...facts!, featuredCollectionId: collectionId } }),
  ).toEqual({ ok: false, reason: 'collection-deleted' })
})

test('a link is shown only while it leads to a page', async () => {
  const { productId, handle } = await createProduct()
  const id = await add('hero', { heading: 'Hello', linkLabel: 'See it', linkPath: `/products/${handle}` })
  const link = async () => {
    const section = (await getHomePage()).sections.find(({ key }) => key === id)
    return section?.kind === 'hero' ? section.link : undefined
  }
  expect(await link()).toEqual({ label: 'See it', path: `/products/${handle}` })
  await db.update(products).set({ status: 'draft' }).where(eq(products.id, productId))
  expect(await link()).toBeNull()
  const text = newPageSchema.parse({ title: 'Our story', body: 'We make pots.', isPublished: 'on' })
  const story = await createPage({ facts: text, policy: null, by })
  if (!story.ok) throw new Error(story.reason)
  await db.update(homeSections).set({ linkPath: '/pages/our-story' }).where(eq(homeSections.id, id))
  expect(await link()).toEqual({ label: 'See it', path: '/pages/our-story' })
  expect((await listLinkTargets()).pages).toEqual([{ path: '/pages/our-story', title: 'Our story' }])
  await updatePage({ id: story.id, version: 1, facts: { ...text, isPublished: false }, by })
  expect(await link()).toBeNull()
  expect((await listLinkTargets()).pages).toEqual([])
})

test('a store with nothing to show has no sections, until a text is written', async () => {
  await customizeHomePage(by)
  expect(await shownKinds()).toEqual([])
  await add('image-with-text', { heading: 'Opening in May' })
  expect(await shownKinds()).toEqual(['hero', 'image-with-text'])
})

test('each change is logged and announced', async () => {
  await customizeHomePage(by)
  const id = (await listHomeSections())[0]!.section.id
  const changes: [string, () => Promise<unknown>][] = [
    ['insert', () => add('hero', { heading: 'Autumn' })],
    ['update', () => updateHomeSection({ id, version: 1, facts: { ...facts!, heading: 'Winter' }, by })],
    ['update', () => setHomeSectionVisible({ id, isVisible: false, by })],
    ['update', () => moveHomeSection({ id, position: 2, by })],
    ['delete', () => deleteHomeSection(id, by)],
  ]
  for (const [action, change] of changes) {
    const before = await db.$count(auditLog)
    expect(await listAnnouncements(change)).toContainEqual({ topic: 'catalog' })
    const rows = await db.select().from(auditLog).orderBy(auditLog.id)
    expect(rows.slice(before)[0]).toMatchObject({ tableName: 'home_sections', action, actorId: by })
  }
})

test('more than twenty sections are refused', async () => {
  for (let count = 3; count < 20; count += 1) await add('new-products')
  const refused = await createHomeSection({ kind: 'hero', facts: facts!, mediaHash: null, by })
  expect(refused).toEqual({ ok: false, reason: 'too-many' })
})
