import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { countProducts, listProducts } from '#app/domain/storefront/listing.server.ts'
import { emptyListing } from '#app/domain/storefront/listing.ts'
import { db } from '#db/client.ts'
import { products, searchBoosts, searchPins, searchSynonyms, settings } from '#db/schema/index.ts'
import { startListening, stopListening } from '#app/domain/realtime/listener.server.ts'
import { createProduct, createShop } from '#tests/support/cast.ts'
import { asSuperuser, databaseUrl } from '#tests/support/database.ts'
import { boostProducts, findProductsToBoost, listBoosts, removeBoost } from './edit-boosts.server.ts'
import {
  createPin,
  deletePin,
  findProductsToPin,
  getPin,
  listPins,
  movePinned,
  pinProducts,
  unpinProduct,
} from './edit-pins.server.ts'
import {
  createSynonyms,
  deleteSynonyms,
  getSynonymGroup,
  listSynonymGroups,
  updateSynonyms,
} from './edit-synonyms.server.ts'
import { maxBoosts } from './boosts.ts'
import { maxPinned } from './pins.schema.ts'
import { readSearchSettings } from './curation.server.ts'
import { refreshSearchWords } from './refresh-words.server.ts'
import { searchScope, understand } from './search.server.ts'
import { suggest } from './suggest.server.ts'

let by: number

beforeEach(async () => {
  by = (await createShop()).olga
  await asSuperuser(
    (psql) => psql`truncate products, search_words, search_deletions, search_queue,
      search_synonyms, search_pins cascade`,
  )
})

async function search(query: string) {
  const understood = await understand(query)
  const cards = (await listProducts(searchScope(understood), emptyListing))!
  return { ...understood, titles: cards.map(({ title }) => title) }
}

const titlesFor = async (query: string) => (await search(query)).titles

async function createProducts(...titles: string[]): Promise<number[]> {
  const ids: number[] = []
  for (const title of titles) ids.push((await createProduct({ title })).productId)
  await refreshSearchWords()
  return ids
}

const setProduct = (id: number, fields: Partial<typeof products.$inferInsert>) =>
  db.update(products).set(fields).where(eq(products.id, id))

const addSynonyms = (...words: string[]) => createSynonyms({ words, by })

async function pin(query: string, productIds: number[]): Promise<number> {
  const made = await createPin({ query, by })
  if (!made.ok) throw new Error(made.reason)
  expect(await pinProducts({ pinId: made.id, productIds, by })).toMatchObject({ ok: true })
  return made.id
}

test('a word also finds products with its synonyms, in all directions, without case and accents', async () => {
  await createProducts('Oak sofa', 'Leather couch', 'Chair')
  expect(await addSynonyms('Sofa', 'couch', 'Canapé')).toEqual({ ok: true })
  for (const query of ['sofa', 'COUCH', 'couches', 'canape', 'Canapé'])
    expect((await titlesFor(query)).sort(), query).toEqual(['Leather couch', 'Oak sofa'])
  expect(await titlesFor('oak couch')).toEqual(['Oak sofa'])
  expect(await titlesFor('chair')).toEqual(['Chair'])
})

test('the typed word is not preferred to its synonyms', async () => {
  await createProducts('Oak sofa', 'A couch with a long title')
  await addSynonyms('sofa', 'couch')
  expect(await titlesFor('couch')).toEqual(['Oak sofa', 'A couch with a long title'])
})

test('a phrase finds and is found: products need all of its words', async () => {
  await createProducts('Settee', 'Bed with sofa cushions', 'Bed')
  await addSynonyms('settee', 'sofa bed')
  expect((await titlesFor('settee')).sort()).toEqual(['Bed with sofa cushions', 'Settee'])
  expect((await titlesFor('sofa bed')).sort()).toEqual(['Bed with sofa cushions', 'Settee'])
  expect((await titlesFor('bed')).sort()).toEqual(['Bed', 'Bed with sofa cushions'])
})

test('a word with synonyms is not corrected, neither before nor after nothing was found', async () => {
  await createProducts('Garden lantern', 'Red light', 'Green lantern')
  expect((await search('lanterm')).corrected).toBe('lantern')
  await addSynonyms('lanterm', 'light')
  expect(await search('lanterm')).toMatchObject({ corrected: null, titles: ['Red light'] })
  await addSynonyms('greet', 'wave')
  expect(await search('greet lantern')).toMatchObject({ corrected: null, isPartial: true })
})

test('a corrected or unfinished word brings its synonyms', async () => {
  await createProducts('Candlestick', 'Brass holder')
  await addSynonyms('candlestick', 'holder', 'sconce')
  expect(await search('candelstick')).toMatchObject({ corrected: 'candlestick' })
  expect((await titlesFor('candelstick')).sort()).toEqual(['Brass holder', 'Candlestick'])
  expect((await titlesFor('candlest')).sort()).toEqual(['Brass holder', 'Candlestick'])
  // No product has it.
  expect((await titlesFor('scon')).sort()).toEqual(['Brass holder', 'Candlestick'])
})

test('suggestions have words and products by synonyms', async () => {
  await createProducts('Oak couch')
  await addSynonyms('settee', 'couch')
  expect(await suggest('sett')).toMatchObject({ queries: ['settee'], products: [{ title: 'Oak couch' }] })
  expect((await suggest('settee')).products).toMatchObject([{ title: 'Oak couch' }])
})

test('synonyms are stemmed in the language of the store', async () => {
  await createProducts('Lampe', 'Leuchter')
  await addSynonyms('Lampe', 'Leuchter')
  await db.update(settings).set({ locale: 'de-DE' })
  await refreshSearchWords()
  expect((await titlesFor('Lampen')).sort()).toEqual(['Lampe', 'Leuchter'])
  await db.update(settings).set({ locale: 'en-IE' })
})

test('a group has at least two different words, each in no other group', async () => {
  expect(await addSynonyms('Café', 'cafe', 'CAFE!')).toEqual({ ok: false, reason: 'same-words' })
  expect(await addSynonyms('sofa', '…')).toEqual({ ok: false, reason: 'no-letters', word: '…' })
  expect(await addSynonyms('sofa', 'a b c d e f g')).toMatchObject({ reason: 'long-phrase' })
  expect(await addSynonyms('a b c', 'd e f', 'g h i', 'j k l')).toMatchObject({ reason: 'many-phrases' })
  expect(await addSynonyms('sofa', 'Sofa', 'couch')).toEqual({ ok: true })
  expect(await addSynonyms('divan', 'SOFA')).toEqual({ ok: false, reason: 'word-taken', word: 'SOFA' })
  const [group] = await db.select().from(searchSynonyms)
  expect(group).toMatchObject({ words: ['sofa', 'couch'], folded: ['sofa', 'couch'] })
})

test('a group is changed in the version that the form showed, and deleted', async () => {
  await addSynonyms('sofa', 'couch')
  const { id } = (await listSynonymGroups())[0]!
  const change = (version: number, ...words: string[]) => updateSynonyms({ id, version, words, by })
  expect(await change(1, 'sofa', 'divan')).toEqual({ ok: true })
  expect(await change(1, 'sofa', 'settee')).toEqual({ ok: false, reason: 'stale' })
  expect(await getSynonymGroup(id)).toMatchObject({ words: ['sofa', 'divan'], version: 2 })
  await deleteSynonyms(id, by)
  expect(await getSynonymGroup(id)).toBeNull()
  expect(await change(2, 'sofa', 'settee')).toEqual({ ok: false, reason: 'not-found' })
})

test('two staff who add the same word at once get one group', async () => {
  const results = await Promise.all([addSynonyms('sofa', 'couch'), addSynonyms('couch', 'divan')])
  expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  expect(await db.$count(searchSynonyms)).toBe(1)
})

test('pinned products come first in their order, also without the words, and others follow', async () => {
  const [mug, vase, , lamp] = await createProducts('Mug', 'Vase', 'Gift box', 'Lamp')
  const pinId = await pin('Gift, IDEAS!', [vase!, mug!])
  await pin('gift', [lamp!])
  expect(await titlesFor('gift')).toEqual(['Lamp', 'Gift box'])
  expect(await titlesFor('gift ideas')).toEqual(['Vase', 'Mug', 'Gift box'])
  expect(await search('Gíft idéas')).toMatchObject({ corrected: null, isPartial: false })
  expect(await titlesFor('ideas gift')).toEqual(['Gift box'])
  expect((await suggest('gift ideas')).products.map(({ title }) => title)).toEqual([
    'Vase',
    'Mug',
    'Gift box',
  ])
  expect(await movePinned({ pinId, productId: mug!, position: 1, by })).toBe(true)
  expect(await titlesFor('gift ideas')).toEqual(['Mug', 'Vase', 'Gift box'])
  await unpinProduct({ pinId, productId: vase!, by })
  expect(await titlesFor('gift ideas')).toEqual(['Mug', 'Gift box'])
  await deletePin(pinId, by)
  expect(await titlesFor('gift ideas')).toEqual(['Gift box'])
})

test('pinned products come before a SKU and an exact title', async () => {
  await createProduct({ title: 'Gift 100', sku: 'GIFT-100' })
  const [mug] = await createProducts('Mug')
  await pin('gift 100', [mug!])
  await pin('gift-100 ', [mug!])
  expect(await db.$count(searchPins)).toBe(1)
  expect(await titlesFor('gift-100')).toEqual(['Mug', 'Gift 100'])
})

test('products that are not published are not shown, and their pins stay', async () => {
  const [mug, vase] = await createProducts('Mug', 'Vase', 'Gift box')
  const pinId = await pin('gift', [mug!, vase!])
  await pin('gitf', [mug!])
  expect(await search('gitf')).toMatchObject({ corrected: null, titles: ['Mug', 'Gift box'] })
  await setProduct(mug!, { status: 'draft' })
  await setProduct(vase!, { publishedAt: new Date(Date.now() + 3_600_000) })
  expect(await titlesFor('gift')).toEqual(['Gift box'])
  // Without a visible pin, the query is understood as usual.
  expect(await search('gitf')).toMatchObject({ corrected: 'gift', titles: ['Gift box'] })
  expect(await listPins()).toMatchObject([
    { query: 'gift', shown: 0 },
    { query: 'gitf', shown: 0 },
  ])
  expect((await getPin(pinId))!.products.map(({ title, isPublished }) => [title, isPublished])).toEqual([
    ['Mug', false],
    ['Vase', false],
  ])
  await db.delete(products).where(eq(products.id, mug!))
  expect((await getPin(pinId))!.products).toHaveLength(1)
})

test('a query and a pin are added once, and the list has an end', async () => {
  const ids = await createProducts(...Array.from({ length: maxPinned + 1 }, (_, index) => `Mug ${index}`))
  const made = await Promise.all(['Gift', 'gift!'].map((query) => createPin({ query, by })))
  expect(made.map((one) => one.ok && one.isNew).sort()).toEqual([false, true])
  const pinId = made[0]!.ok ? made[0]!.id : 0
  const added = await Promise.all(
    [ids.slice(0, 2), ids.slice(1, 3)].map((productIds) => pinProducts({ pinId, productIds, by })),
  )
  expect(added.map((one) => one.ok && one.added).sort()).toEqual([1, 2])
  expect(await pinProducts({ pinId, productIds: ids, by })).toEqual({ ok: false, reason: 'too-many' })
  expect((await getPin(pinId))!.products).toHaveLength(3)
  const rest = ids.slice(0, maxPinned)
  expect(await pinProducts({ pinId, productIds: [...rest, 999_999], by })).toEqual({
    ok: true,
    added: maxPinned - 3,
  })
  expect(await findProductsToPin(pinId, 'mug', 1)).toMatchObject({
    total: 1,
    products: [{ title: 'Mug 12' }],
  })
  expect(await createPin({ query: '?!', by })).toEqual({ ok: false, reason: 'no-letters' })
  expect(await pinProducts({ pinId: pinId + 999, productIds: ids, by })).toMatchObject({
    reason: 'not-found',
  })
  expect(await movePinned({ pinId, productId: ids.at(-1)!, position: 1, by })).toBe(false)
})

test('a boost decides among products with all words in the title, before whether they can be bought', async () => {
  const [first, second, inText] = await createProducts('Blue lamp', 'Green lamp with a long title', 'Bulb')
  await setProduct(inText!, { description: '<p>For any lamp</p>' })
  const soldOut = (await createProduct({ title: 'Grey lamp', stock: 0 })).productId
  expect(await titlesFor('lamp')).toEqual(['Blue lamp', 'Green lamp with a long title', 'Grey lamp', 'Bulb'])
  expect(await boostProducts({ productIds: [soldOut, inText!], ranking: 'higher', by })).toMatchObject({
    changed: 2,
  })
  expect(await boostProducts({ productIds: [first!], ranking: 'lower', by })).toMatchObject({ changed: 1 })
  expect(await titlesFor('lamp')).toEqual(['Grey lamp', 'Green lamp with a long title', 'Blue lamp', 'Bulb'])
  expect((await suggest('lamp')).products[0]).toMatchObject({ title: 'Grey lamp' })
  await removeBoost(soldOut, by)
  expect((await titlesFor('lamp'))[0]).toBe('Green lamp with a long title')
  expect(second).toBeDefined()
})

test('a query that many products match has the same pins and boosts, on any page', async () => {
  const inText = { description: '<p>For any lamp</p>' }
  const titles = ['Mug', 'Lamp', 'Up lamp', 'New lamp', 'Old lamp', 'Low lamp', 'Up bulb', 'Bulb', 'Low bulb']
  const ids = await createProducts(...titles)
  for (const [index, id] of ids.entries()) if (index > 5) await setProduct(id, inText)
  await pin('lamp', [ids[0]!])
  await boostProducts({ productIds: [ids[2]!, ids[6]!], ranking: 'higher', by })
  await boostProducts({ productIds: [ids[5]!, ids[8]!], ranking: 'lower', by })
  const understood = await understand('lamp')
  const scope = searchScope({ ...understood, size: Infinity })
  const listed = await scope.first!({ limit: 100, offset: 0 })
  expect(listed.map((id) => titles[ids.indexOf(id)])).toEqual(titles)
  for (let offset = 0; offset <= ids.length; offset += 1)
    for (const limit of [1, 3, 100])
      expect(await scope.first!({ limit, offset }), `${limit} from ${offset}`).toEqual(
        ids.slice(offset, offset + limit),
      )
  for (const each of [scope, searchScope(understood)])
    expect(await countProducts(each, emptyListing)).toBe(ids.length)
  expect((await titlesFor('lamp')).slice(0, 6)).toEqual(titles.slice(0, 6))
})

test('a product has one boost, unknown products none, and their number is limited', async () => {
  const [lamp, mug] = await createProducts('Lamp', 'Mug')
  const boost = (productIds: number[], ranking: 'higher' | 'lower') =>
    boostProducts({ productIds, ranking, by })
  await Promise.all([boost([lamp!, mug!, 999_999], 'higher'), boost([mug!, lamp!], 'higher')])
  expect(await boost([lamp!], 'lower')).toEqual({ ok: true, changed: 1 })
  expect(await boost([lamp!], 'lower')).toEqual({ ok: true, changed: 0 })
  expect((await listBoosts()).map(({ title, ranking }) => [title, ranking])).toEqual([
    ['Mug', 'higher'],
    ['Lamp', 'lower'],
  ])
  expect((await findProductsToBoost('', 1)).total).toBe(0)
  const more = Array.from({ length: maxBoosts - 2 }, (_, index) => ({
    ...{ handle: `filler-${index}`, title: 'Filler', status: 'active' as const },
  }))
  const fillers = await db.insert(products).values(more).returning({ id: products.id })
  await db
    .insert(searchBoosts)
    .values(fillers.map(({ id }) => ({ productId: id, ranking: 'lower' as const })))
  const [extra] = await createProducts('Extra')
  expect(await boost([extra!], 'higher')).toEqual({ ok: false, reason: 'too-many' })
  expect(await boost([lamp!], 'higher')).toEqual({ ok: true, changed: 1 })
  // They have no variants, as products must.
  await db.delete(products).where(eq(products.title, 'Filler'))
})

test('the settings of all searches are read again only after one of them changed', async () => {
  await startListening(databaseUrl)
  const [lamp] = await createProducts('Lamp')
  const isSame = async (former: unknown) => (await readSearchSettings()) === former
  for (const change of [
    () => addSynonyms('sofa', 'couch'),
    () => createPin({ query: 'gift', by }),
    () => boostProducts({ productIds: [lamp!], ranking: 'higher', by }),
  ]) {
    // The announcement of the former change has arrived once the answer stays.
    await expect.poll(async () => isSame(await readSearchSettings())).toBe(true)
    const former = await readSearchSettings()
    await createProducts('Mug')
    expect(await isSame(former)).toBe(true)
    await change()
    await expect.poll(() => isSame(former)).toBe(false)
  }
  expect(await readSearchSettings()).toMatchObject({ hasPins: true, boosts: { higher: [lamp], lower: [] } })
  await stopListening()
})
