import { beforeEach, expect, test, vi } from 'vitest'
import { eq, sql } from 'drizzle-orm'
import { db, transaction, type Tx } from '#db/client.ts'
import {
  products,
  searchDeletions,
  searchDocuments,
  searchQueue,
  searchWords,
  stockLedger,
  variants,
} from '#db/schema/index.ts'
import { createProduct, createProductWithOptions, createShop } from '#tests/support/cast.ts'
import { asSuperuser } from '#tests/support/database.ts'
import { countWaiting } from '#tests/support/locked-row.ts'
import { listProducts } from '#app/domain/storefront/listing.server.ts'
import { emptyListing } from '#app/domain/storefront/listing.ts'
import { recountSearchWords, refreshSearchWords } from './refresh-words.server.ts'
import { normalizeQuery } from './search.ts'
import { searchScope, understand } from './search.server.ts'

beforeEach(async () => {
  await createShop()
  await asSuperuser(
    (psql) => psql`truncate products, search_words, search_deletions, search_queue, search_bitmaps cascade`,
  )
})

async function search(query: string) {
  const understood = await understand(query)
  const cards = (await listProducts(searchScope(understood), emptyListing))!
  return { ...understood, titles: cards.map(({ title }) => title) }
}

const titlesFor = async (query: string) => (await search(query)).titles

const setText = (id: number, text: Partial<typeof products.$inferInsert>) =>
  db.update(products).set(text).where(eq(products.id, id))

test('a product is found by its title, vendor, type, tags, options, SKU, barcode and description at once', async () => {
  const { productId } = await createProductWithOptions({
    title: 'Garden lantern',
    optionNames: ['Finish'],
    versions: [{ values: ['Hammered copper'] }, { values: ['Plain'] }],
  })
  await setText(productId, {
    vendor: 'Øster & Søn',
    type: 'Lighting',
    tags: ['outdoor-living'],
    description: '<p>Weatherproof&nbsp;glass, made in <b>Brittany</b></p>',
  })
  await db.update(variants).set({ sku: 'LAN-0042', barcode: '4006381333931' }).where(eq(variants.position, 1))
  await createProduct({ title: 'Clay pot' })
  for (const query of [
    ...['lantern', 'GARDEN', 'lanterns', 'lantern garden', 'garden, lantern!', 'oster', 'søn', 'lighting'],
    ...['outdoor', 'outdoorliving', 'copper lantern', 'lan-0042', 'lan-00', '0042', '4006381333931'],
    ...['brittany', 'weatherproof glass'],
  ])
    expect(await titlesFor(query), query).toEqual(['Garden lantern'])
})

test('results follow the products: texts, status, publish date, variants and deletion', async () => {
  const { productId, variantId } = await createProduct({ title: 'Lantern' })
  await setText(productId, { title: 'Candlestick' })
  expect(await titlesFor('lantern')).toEqual([])
  expect(await titlesFor('candlestick')).toEqual(['Candlestick'])
  await setText(productId, { status: 'draft' })
  expect(await titlesFor('candlestick')).toEqual([])
  await setText(productId, { status: 'active', publishedAt: new Date(Date.now() + 3_600_000) })
  expect(await titlesFor('candlestick')).toEqual([])
  await setText(productId, { publishedAt: new Date(Date.now() - 1000) })
  await db.update(variants).set({ sku: 'AB-77' }).where(eq(variants.id, variantId))
  expect(await titlesFor('ab-77')).toEqual(['Candlestick'])
  await db.delete(products).where(eq(products.id, productId))
  expect(await titlesFor('candlestick')).toEqual([])
})

test('the exact title comes first, then titles with all words, then what can be bought', async () => {
  const other = await createProduct({ title: 'Lamp oil' })
  await setText(other.productId, { description: 'For every lantern: lantern, lantern and lantern.' })
  await createProduct({ title: 'Sold out lantern', stock: 0 })
  await createProduct({ title: 'Garden lantern with a very long title for a lantern' })
  await createProduct({ title: 'Lantern', stock: 0 })
  expect(await titlesFor('lantern')).toEqual([
    'Lantern',
    'Garden lantern with a very long title for a lantern',
    'Sold out lantern',
    'Lamp oil',
  ])
})

test('two buyers who take the last units of two variants at once leave the product unavailable', async () => {
  const { productId, variantIds } = await createProductWithOptions({
    title: 'Scarf',
    optionNames: ['Color'],
    versions: [
      { values: ['Red'], stock: 1 },
      { values: ['Blue'], stock: 1 },
    ],
  })
  const takeLast = async (tx: Tx, variantId: number) => {
    const taken = { variantId, delta: -1, balance: 0, reason: 'correction' as const }
    await tx.insert(stockLedger).values(taken)
    await tx.update(variants).set({ stock: 0 }).where(eq(variants.id, variantId))
  }
  const second = await transaction(async (tx) => {
    await takeLast(tx, variantIds[0]!)
    const waiting = transaction((other) => takeLast(other, variantIds[1]!))
    await vi.waitUntil(async () => (await countWaiting()) === 1, { interval: 10 })
    return { waiting }
  })
  await second.waiting
  const [document] = await db.select().from(searchDocuments).where(eq(searchDocuments.productId, productId))
  expect(document!.isAvailable).toBe(false)
})

test('a misspelled word is corrected, and the result says so', async () => {
  await createProduct({ title: 'Garden lantern' })
  await createProduct({ title: 'Garden chair' })
  await refreshSearchWords()
  for (const typed of ['lantren', 'lantrn', 'lanntern', 'lanternn', 'lintern']) {
    const found = await search(typed)
    expect(found.titles, typed).toEqual(['Garden lantern'])
    expect(found.corrected).toBe('lantern')
  }
  expect((await search('gardn chiar')).corrected).toBe('garden chair')
  expect((await search('lantern')).corrected).toBeNull()
})

test('a long word may have two errors, a short one none', async () => {
  await createProduct({ title: 'Candlestick' })
  await createProduct({ title: 'Cup' })
  await refreshSearchWords()
  expect(await titlesFor('cendlestik')).toEqual(['Candlestick'])
  expect(await titlesFor('cap')).toEqual([])
})

test('the last word may be unfinished', async () => {
  await createProduct({ title: 'Garden lantern' })
  await refreshSearchWords()
  expect(await titlesFor('garden lan')).toEqual(['Garden lantern'])
  expect((await search('garden lan')).corrected).toBeNull()
})

test('an unfinished word stands for common words and, in a large catalog, for few products of rare ones', async () => {
  for (const title of ['Lantern', 'Lantern', 'Lamp', 'Ladle']) await createProduct({ title })
  await refreshSearchWords()
  await db.update(searchWords).set({ documents: 900 }).where(eq(searchWords.word, 'lamp'))
  await db.update(searchWords).set({ documents: 200 }).where(eq(searchWords.word, 'ladle'))
  expect((await understand('la')).groups).toEqual([['lamp', 'ladl', 'lantern']])
  await db.execute(sql`select rebuild_search_bitmaps(2)`)
  expect((await understand('la')).groups).toEqual([['lamp', 'lantern']])
})

test('when no product has all words, a word that differs by a letter is tried, then some of the words', async () => {
  await createProduct({ title: 'Black chair' })
  await createProduct({ title: 'Camera back' })
  await createProduct({ title: 'Red lantern' })
  await refreshSearchWords()
  expect(await search('back chair')).toMatchObject({
    corrected: 'black chair',
    isPartial: false,
    titles: ['Black chair'],
  })
  const some = await search('red chair')
  expect(some).toMatchObject({ corrected: null, isPartial: true, titles: ['Black chair', 'Red lantern'] })
})

test('a word that no product has is left out', async () => {
  await createProduct({ title: 'Red lantern' })
  await refreshSearchWords()
  expect(await search('lantern zzzzqqq')).toMatchObject({ corrected: 'lantern', titles: ['Red lantern'] })
  expect(await search('zzzzqqq')).toMatchObject({ corrected: null, titles: [] })
})

test('words are stemmed in the language of the store, and documents follow when it changes', async () => {
  await createProduct({ title: 'Vasen' })
  expect(await titlesFor('vase')).toEqual([])
  await db.execute(sql`update settings set locale = 'de-DE'`)
  await refreshSearchWords()
  expect(await titlesFor('vase')).toEqual(['Vasen'])
  await db.execute(sql`update settings set locale = 'en-IE'`)
  await refreshSearchWords()
})

test('text without spaces is found by its parts', async () => {
  await createProduct({ title: '陶器の花瓶' })
  await createProduct({ title: '木の椅子' })
  expect(await titlesFor('花瓶')).toEqual(['陶器の花瓶'])
  expect(await titlesFor('椅子')).toEqual(['木の椅子'])
})

test.each([
  [
    '%',
    '_',
    '\\',
    "'",
    "''",
    '"',
    ':*',
    'a:*&!',
    '!',
    '(',
    '<->',
    '& |',
    "'; drop table products; --",
    '\u0301',
  ],
  [
    'the',
    'the of and',
    'x'.repeat(10_000),
    'ab '.repeat(3_000),
    '😀',
    '\ud800',
    'a\u0000b',
    `a${'\u0301\u0316'.repeat(5_000)}`,
  ],
  ['(a+)+$', '../../etc/passwd', '-1', '0', '1e999', '👩‍👩‍👧‍👦', 'İıß', '١٢٣', '\u202e'],
])('any text is an ordinary search: %s …', async (...queries) => {
  await createProduct({ title: 'Lantern' })
  await refreshSearchWords()
  for (const query of queries) {
    const found = await search(normalizeQuery(query))
    expect(found.titles.length, query).toBeLessThanOrEqual(1)
  }
})

test('a title of stop words is found', async () => {
  await createProduct({ title: 'The Who' })
  expect(await titlesFor('the who')).toEqual(['The Who'])
})

test('words enter the list once, and leave it when no product has them', async () => {
  const { productId } = await createProduct({ title: 'Lantern' })
  await createProduct({ title: 'Lanterns' })
  await refreshSearchWords()
  await refreshSearchWords()
  const words = () =>
    db
      .select({ word: searchWords.word, documents: searchWords.documents })
      .from(searchWords)
      .orderBy(searchWords.word)
  expect(await words()).toEqual([
    { word: 'lantern', documents: 1 },
    { word: 'lanterns', documents: 1 },
  ])
  await recountSearchWords()
  expect(await words()).toEqual([
    { word: 'lantern', documents: 2 },
    { word: 'lanterns', documents: 2 },
  ])
  await setText(productId, { title: 'Chair' })
  await db.delete(products).where(eq(products.title, 'Lanterns'))
  await refreshSearchWords()
  await recountSearchWords()
  expect(await words()).toEqual([{ word: 'chair', documents: 1 }])
  const left = await db.select().from(searchDeletions)
  expect(left.map(({ deletion }) => deletion).sort()).toEqual(['cair', 'chai', 'char', 'chir', 'hair'])
  expect(await db.$count(searchQueue)).toBe(0)
})

test('two runs at once take different products', async () => {
  for (let each = 0; each < 30; each += 1)
    await createProduct({ title: `Lantern number${String.fromCharCode(97 + (each % 26))}` })
  await Promise.all([refreshSearchWords(), refreshSearchWords(), refreshSearchWords()])
  const [lantern] = await db.select().from(searchWords).where(eq(searchWords.word, 'lantern'))
  expect(lantern!.documents).toBe(30)
})
