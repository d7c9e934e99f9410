import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { collectionProducts, collections, products } from '#db/schema/index.ts'
import { createProduct, createShop } from '#tests/support/cast.ts'
import { asSuperuser } from '#tests/support/database.ts'
import { texts } from '#tests/support/fuzz-inputs.ts'
import { refreshSearchWords } from './refresh-words.server.ts'
import { suggest } from './suggest.server.ts'

beforeEach(async () => {
  await createShop()
  await asSuperuser(
    (psql) => psql`truncate products, collections, search_words, search_deletions, search_queue cascade`,
  )
})

const setProduct = (id: number, fields: Partial<typeof products.$inferInsert>) =>
  db.update(products).set(fields).where(eq(products.id, id))

type Made = Awaited<ReturnType<typeof createProduct>>

async function createProducts(...titles: string[]) {
  const made: Made[] = []
  for (const title of titles) made.push(await createProduct({ title }))
  await refreshSearchWords()
  return made
}

let handles = 0
async function createCollection(fields: Partial<typeof collections.$inferInsert> & { title: string }) {
  handles += 1
  const [made] = await db
    .insert(collections)
    .values({ handle: `c-${handles}`, publishedAt: new Date(), kind: 'rule', match: 'all', ...fields })
    .returning({ id: collections.id })
  return made!.id
}

const queriesFor = async (query: string) => (await suggest(query)).queries
const titlesFor = async (query: string) => (await suggest(query)).products.map(({ title }) => title)
const collectionsFor = async (query: string) => (await suggest(query)).collections.map(({ title }) => title)

test('the last word is completed by frequent words first, earlier words stay as typed', async () => {
  await createProducts(
    'Garden lantern',
    'Garden lanterns',
    'Garden lanyard',
    'Lantern',
    'Café lamp',
    'Laurel',
  )
  expect(await queriesFor('lan')).toEqual(['lantern', 'lanyard'])
  expect(await queriesFor('GARDEN Lan')).toEqual(['GARDEN lantern', 'GARDEN lanyard'])
  expect(await queriesFor('Café la')).toEqual(['Café lamp'])
  expect((await queriesFor('lanter')).length).toBe(1)
})

test('a whole word is completed by words that find something else', async () => {
  await createProducts('Lamp', 'Lamps', 'Lampshade')
  expect(await queriesFor('lamp')).toEqual(['lampshade'])
})

test('a misspelled word is corrected, also before a word that is only begun', async () => {
  await createProducts('Garden lantern', 'Garden chair')
  expect(await queriesFor('lantren')).toEqual(['lantern'])
  expect(await queriesFor('gardan lantern')).toEqual(['garden lantern'])
  expect(await queriesFor('gardan lan')).toEqual(['garden lantern'])
  expect(await titlesFor('gardan lantren')).toEqual(['Garden lantern'])
})

test('words that nothing has are left out of completed queries', async () => {
  await createProducts('Garden lantern')
  expect(await queriesFor('zzzzzz lan')).toEqual(['lantern'])
  expect(await queriesFor('zzzzzz')).toEqual([])
})

test('at most four queries, three collections and five products, most relevant first', async () => {
  await createProducts('Lamp', 'Lampshade', 'Lamplight', 'Lampoon', 'Lamprey', 'Lampas')
  await setProduct((await db.select().from(products).where(eq(products.title, 'Lamp')))[0]!.id, {
    tags: ['lampo'],
  })
  for (const title of ['Old lamps', 'Lamps', 'Lamp oil', 'Lamp posts'])
    await createCollection({ title, rules: [{ field: 'tag', value: 'lampo' }] })
  const found = await suggest('lamp')
  expect(found.queries).toHaveLength(4)
  expect(found.collections.map(({ title }) => title)).toEqual(['Lamps', 'Lamp oil', 'Lamp posts'])
  expect((await suggest('lam')).products).toHaveLength(5)
})

test('products have what a card shows', async () => {
  const { productId } = (await createProducts('Garden lantern'))[0]!
  expect((await suggest('lantern')).products).toEqual([
    expect.objectContaining({
      id: productId,
      title: 'Garden lantern',
      priceMin: expect.any(Number) as number,
      image: null,
    }),
  ])
})

test('products that are not published are neither suggested nor do their words complete', async () => {
  const made = await createProducts('Secret lantern', 'Hidden lanyard', 'Later lancet', 'Public land')
  await setProduct(made[0]!.productId, { status: 'draft' })
  await setProduct(made[1]!.productId, { publishedAt: null })
  await setProduct(made[2]!.productId, { publishedAt: new Date(Date.now() + 3_600_000) })
  const found = await suggest('lan')
  expect(found.queries).toEqual(['land'])
  expect(found.products.map(({ title }) => title)).toEqual(['Public land'])
  expect(await titlesFor('secret')).toEqual([])
})

test('collections are found by the beginning of any word, without case and accents', async () => {
  const { productId } = (await createProducts('Pot'))[0]!
  const rules = [{ field: 'vendor' as const, value: 'Hill' }]
  await setProduct(productId, { vendor: 'Hill' })
  await createCollection({ title: 'Été & Garten', rules })
  await createCollection({ title: 'Kindergarten', rules })
  expect(await collectionsFor('GART')).toEqual(['Été & Garten'])
  expect(await collectionsFor('ete')).toEqual(['Été & Garten'])
  expect(await collectionsFor('pot gart')).toEqual(['Été & Garten'])
  expect(await collectionsFor('g')).toEqual([])
})

test('collections that are not published or have no published product are not suggested', async () => {
  const [one, two] = await createProducts('Pot', 'Pan')
  await setProduct(one!.productId, { vendor: 'Hill' })
  await setProduct(two!.productId, { status: 'draft', vendor: 'Dale' })
  const rules = (value: string) => [{ field: 'vendor' as const, value }]
  await createCollection({ title: 'Kitchen hidden', rules: rules('Hill'), publishedAt: null })
  await createCollection({
    title: 'Kitchen later',
    rules: rules('Hill'),
    publishedAt: new Date(Date.now() + 3_600_000),
  })
  await createCollection({ title: 'Kitchen empty', rules: rules('Nobody') })
  await createCollection({ title: 'Kitchen drafts', rules: rules('Dale') })
  await createCollection({ title: 'Kitchen manual empty', kind: 'manual' })
  const manual = await createCollection({ title: 'Kitchen manual', kind: 'manual' })
  await db.insert(collectionProducts).values({ collectionId: manual, productId: one!.productId, position: 1 })
  expect(await collectionsFor('kitch')).toEqual(['Kitchen manual'])
})

test('any text has an answer', async () => {
  await createProducts('Garden lantern')
  const hostile = [
    ...[
      '',
      ' ',
      '%',
      '_',
      '\\',
      "'",
      "lan'",
      'lan\\',
      'a:*&!',
      '!!lan',
      '(lan',
      "'; drop table products; --",
      '\u0000la',
      '\ud83d',
      'lan\ud83d',
    ],
    ...[
      '椅子テーブ',
      '椅子lan',
      'lan椅',
      'İı',
      'ﬁ',
      'ß',
      '\u0301\u0301',
      'a'.repeat(10_000),
      'the the the',
      'x '.repeat(200),
    ],
    ...texts.map(([, text]) => text),
  ]
  for (const query of hostile) expect(Object.keys(await suggest(query)), query.slice(0, 40)).toHaveLength(3)
})
