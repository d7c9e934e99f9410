import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { collections, products } from '#db/schema/index.ts'
import { createProduct, now, anyUser } from '#tests/support/cast.ts'
import type { CollectionFacts } from './collection.schema.ts'
import { newCollectionSchema } from './collection.schema.ts'
import {
  createCollection,
  deleteCollection,
  getCollectionForStaff,
  listCollectionTree,
  updateCollection,
} from './collection-editor.server.ts'
import { listMenu, moveCollection } from './collection-order.server.ts'
import { listPicked, searchNonMembers } from './find-products.server.ts'
import {
  addMembers,
  listMatches,
  listMembers,
  moveMember,
  removeMember,
} from './collection-members.server.ts'

const typed: CollectionFacts = {
  title: 'Kitchen',
  handle: '',
  description: '',
  parentId: null,
  kind: 'manual',
  match: 'all',
  rules: [],
  isShown: true,
  publishedAt: null,
  seoTitle: '',
  seoDescription: '',
}

const make = (changes: Partial<CollectionFacts> = {}) =>
  createCollection({ ...typed, ...changes, now, by: anyUser })

async function createTestCollection(changes: Partial<CollectionFacts> = {}): Promise<number> {
  const made = await make(changes)
  if (!made.ok) throw new Error(made.reason)
  return made.id
}

const save = (id: number, changes: Partial<CollectionFacts> & { version: number }) =>
  updateCollection({ ...typed, ...changes, id, now, by: anyUser })

const add = (collectionId: number, productIds: number[]) =>
  addMembers({ collectionId, productIds, by: anyUser })

async function read(id: number) {
  const [collection] = await db.select().from(collections).where(eq(collections.id, id))
  return collection!
}

test('the handle is generated from the title, a free one each time, and is never “all”', async () => {
  const first = await read(await createTestCollection({ title: 'Garden' }))
  const second = await read(await createTestCollection({ title: 'Garden' }))
  const all = await read(await createTestCollection({ title: 'All' }))
  expect([first.handle, second.handle, all.handle]).toEqual(['garden', 'garden-2', 'all-2'])
  expect(await make({ handle: 'garden' })).toEqual({ ok: false, reason: 'handle-taken' })
})

test('the form refuses "all" as a handle, in capitals too', () => {
  const schema = newCollectionSchema({ timeZone: 'UTC' })
  const refusals = ['all', 'ALL', 'everything'].map((handle) => {
    const result = schema.safeParse({ title: 'All', kind: 'manual', handle })
    return result.success ? null : result.error.issues[0]!.path.join('.')
  })
  expect(refusals).toEqual(['handle', 'handle', null])
})

test('the description is sanitized and an older version is refused', async () => {
  const id = await createTestCollection({ description: '<p>Pots<img src=x onerror=y()></p>' })
  expect((await read(id)).description).toBe('<p>Pots</p>')
  expect(await save(id, { version: 1, title: 'Pots' })).toEqual({ ok: true, id })
  expect(await save(id, { version: 1, title: 'Pans' })).toEqual({ ok: false, reason: 'stale' })
  expect(await save(999_999, { version: 1 })).toEqual({ ok: false, reason: 'not-found' })
  expect((await read(id)).title).toBe('Pots')
})

test('a collection cannot be its own parent or descendant, at any depth', async () => {
  const top = await createTestCollection()
  const middle = await createTestCollection({ parentId: top })
  const leaf = await createTestCollection({ parentId: middle })
  for (const parentId of [top, middle, leaf])
    expect(await save(top, { version: 1, parentId })).toEqual({ ok: false, reason: 'inside-itself' })
  expect(await save(leaf, { version: 1, parentId: top })).toMatchObject({ ok: true })
})

test('a deleted parent is refused with its own reason', async () => {
  const id = await createTestCollection()
  expect(await make({ parentId: 999_999 })).toEqual({ ok: false, reason: 'parent-deleted' })
  expect(await save(id, { version: 1, parentId: 999_999 })).toEqual({ ok: false, reason: 'parent-deleted' })
})

test('two users who nest two collections in each other at once create no cycle', async () => {
  for (let round = 0; round < 8; round++) {
    const [one, two] = [await createTestCollection(), await createTestCollection()]
    const results = await Promise.all([
      save(one, { version: 1, parentId: two }),
      save(two, { version: 1, parentId: one }),
    ])
    expect(results.filter((result) => result.ok)).toHaveLength(1)
    expect(results).toContainEqual({ ok: false, reason: 'inside-itself' })
    const tree = await listCollectionTree()
    const ids = tree.map((node) => node.id)
    expect(ids).toEqual(expect.arrayContaining([one, two]))
  }
})

test('deleting a collection keeps its products and moves its subcollections to the top', async () => {
  const top = await createTestCollection({ title: 'Home' })
  const inside = await createTestCollection({ parentId: top })
  const { productId } = await createProduct()
  await add(top, [productId])
  expect(await deleteCollection(top, anyUser)).toEqual({ title: 'Home' })
  expect((await read(inside)).parentId).toBe(null)
  expect(await db.$count(products, eq(products.id, productId))).toBe(1)
  expect(await deleteCollection(top, anyUser)).toBe(null)
})

test('rules match any or all conditions, ignoring case; no rules match nothing', async () => {
  const vendor = 'Atelier Nord'
  const pot = await createProduct({ title: 'Pot' })
  const cup = await createProduct({ title: 'Cup' })
  await db
    .update(products)
    .set({ vendor, tags: ['Clay', 'Blue'] })
    .where(eq(products.id, pot.productId))
  await db.update(products).set({ vendor, type: 'Cup' }).where(eq(products.id, cup.productId))
  const titles = async (match: 'all' | 'any', ...rules: CollectionFacts['rules']) =>
    (await listMatches({ match, rules }, 1)).map((product) => product.title)
  const byVendor = { field: 'vendor', value: 'atelier nord' } as const
  const byTag = { field: 'tag', value: 'clay' } as const
  const byType = { field: 'type', value: 'cup' } as const
  expect(await titles('all', byVendor)).toEqual(['Cup', 'Pot'])
  expect(await titles('all', byVendor, byTag)).toEqual(['Pot'])
  expect(await titles('any', byTag, byType)).toEqual(['Cup', 'Pot'])
  expect(await titles('all', byTag, byType)).toEqual([])
  expect(await titles('any')).toEqual([])
  const id = await createTestCollection({ kind: 'rule', rules: [byVendor] })
  expect((await getCollectionForStaff(id))!.productCount).toBe(2)
})

test('manual members keep their order', async () => {
  const id = await createTestCollection()
  const [a, b, c] = await Promise.all(['A', 'B', 'C'].map((title) => createProduct({ title })))
  const titles = async () => (await listMembers(id, 1)).map((product) => product.title).join('')
  const ids = [c!.productId, a!.productId, c!.productId, 999_999]
  expect(await add(id, ids)).toEqual({ ok: true, added: 2 })
  expect(await add(id, [a!.productId, b!.productId])).toEqual({ ok: true, added: 1 })
  expect(await titles()).toBe('CAB')
  const place = (productId: number, position: number) =>
    moveMember({ collectionId: id, productId, position, by: anyUser })
  expect(await place(b!.productId, 1)).toBe(true)
  expect(await titles()).toBe('BCA')
  await place(b!.productId, 99)
  expect(await titles()).toBe('CAB')
  await removeMember({ collectionId: id, productId: a!.productId, by: anyUser })
  await removeMember({ collectionId: id, productId: a!.productId, by: anyUser })
  expect(await place(a!.productId, 1)).toBe(false)
  expect(await titles()).toBe('CB')
  expect(await add(999_999, ids)).toEqual({ ok: false, reason: 'not-found' })
})

test('new collections come last, and one moves among those with its parent only', async () => {
  const parentId = await createTestCollection({ title: 'Garden' })
  const ids = []
  for (const title of ['C', 'B', 'A']) ids.push(await createTestCollection({ title, parentId }))
  const elsewhere = await createTestCollection({ title: 'Elsewhere' })
  const before = (await read(elsewhere)).position
  const titles = async () =>
    (await listMenu(now))
      .filter((one) => one.parentId === parentId)
      .map(({ title }) => title)
      .join('')
  expect(await titles()).toBe('CBA')
  const place = (id: number, position: number) => moveCollection({ id, position, by: anyUser })
  expect(await place(ids[2]!, 1)).toBe(true)
  expect(await titles()).toBe('ACB')
  await place(ids[2]!, 3)
  expect(await titles()).toBe('CBA')
  expect(await place(999_999, 1)).toBe(false)
  expect((await read(elsewhere)).position).toBe(before)
})

test('a collection keeps its position when it is saved, and comes last under a new parent', async () => {
  const parentId = await createTestCollection({ title: 'Garden' })
  await createTestCollection({ title: 'Pots', parentId })
  const moved = await createTestCollection({ title: 'Lamps' })
  const { position } = await read(moved)
  await save(moved, { version: 1, title: 'Lamps and more' })
  expect((await read(moved)).position).toBe(position)
  await save(moved, { version: 2, parentId })
  expect((await read(moved)).position).toBe(2)
})

test('products to add are found by title or vendor, in pages, without those in the collection', async () => {
  const id = await createTestCollection()
  const all = []
  for (let number = 10; number < 32; number++) all.push(await createProduct({ title: `Findable ${number}` }))
  const first = await searchNonMembers(id, 'FINDABLE', 1)
  expect([first.total, first.products.length]).toEqual([22, 20])
  await add(id, [all[0]!.productId])
  const second = await searchNonMembers(id, 'findable', 2)
  expect([second.total, second.products.length]).toEqual([21, 1])
  const picked = await listPicked(id, [all[0]!.productId, all[1]!.productId, 999_999])
  expect(picked.map(({ title }) => title)).toEqual(['Findable 11'])
})

test('products added by two users at once are all added, each once', async () => {
  const id = await createTestCollection()
  const shelf = await Promise.all(Array.from({ length: 6 }, () => createProduct()))
  const ids = shelf.map((product) => product.productId)
  await Promise.all([add(id, ids), add(id, ids.toReversed()), add(id, ids.slice(3))])
  const members = await listMembers(id, 1)
  expect(members.map((member) => member.id).sort()).toEqual(ids.sort())
  expect(members.map((member) => member.position)).toEqual([1, 2, 3, 4, 5, 6])
})
