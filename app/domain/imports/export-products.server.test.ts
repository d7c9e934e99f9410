import { eq, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import type { ProductFilter } from '#app/domain/products/list-products.server.ts'
import type { ProductState, VariantState } from '#app/domain/products/product-state.ts'
import { sanitizeDescription } from '#app/domain/products/sanitize.server.ts'
import { writeProductStates } from '#app/domain/products/write-product-states.server.ts'
import { db, transaction } from '#db/client.ts'
import { productImages, products, variants } from '#db/schema/index.ts'
import { createProduct, createShop } from '#tests/support/cast.ts'
import { asSuperuser } from '#tests/support/database.ts'
import { createProductImage } from '#tests/support/images.ts'
import { applyCsv, checkCsv, uploadCsv } from '#tests/support/imports.ts'
import { fixture } from '#tests/support/read-csv.ts'
import { cleanText } from './clean-text.ts'
import { exportProducts } from './export-products.server.ts'
import { listChanges } from './imports.server.ts'

let by: number
let settings: Awaited<ReturnType<typeof createShop>>['settings']

beforeEach(async () => {
  ;({ olga: by, settings } = await createShop())
  await clear()
})

function clear() {
  return asSuperuser((psql) => psql`truncate products, imports, media cascade`)
}

type Wanted = { filter?: ProductFilter; query?: string; currency?: string }

async function exported({ filter = 'all', query = '', currency = settings.currency }: Wanted = {}) {
  const { currencyDigits } = await useCurrency(currency)
  const texts = exportProducts(
    { filter, query, lowStock: 3 },
    { currency: { currency, currencyDigits }, now: new Date(), origin: 'https://shop.example' },
  )
  let text = ''
  for await (const part of texts) text += part
  return text
}

async function useCurrency(currency: string) {
  const currencyDigits = { JPY: 0, KWD: 3 }[currency] ?? 2
  await db.execute(sql`update settings set currency = ${currency}, currency_digits = ${currencyDigits}`)
  return { currencyDigits }
}

/** Importing the file changes nothing: no product differs, and no row is refused. */
async function expectUnchanged(text: string, count: number) {
  const checked = await checkCsv({ text, by })
  expect(checked.failure).toBeNull()
  const changes = await listChanges(checked.id, 'update', 1)
  expect(changes.map(({ before, after }) => ({ before, after }))).toEqual([])
  expect(checked).toMatchObject({ unchangedCount: count, createCount: 0, updateCount: 0, errorCount: 0 })
}

test.each(['classic.csv', 'template.csv'])('an export of %s imports without a change', async (name) => {
  const checked = await checkCsv({ text: await fixture(name), by })
  await applyCsv({ id: checked.id, by })
  const text = await exported()
  await expectUnchanged(text, checked.createCount)

  await clear()
  await applyCsv({ id: (await checkCsv({ text, by })).id, by })
  expect(await exported()).toBe(text)
})

const word = fc
  .string({ unit: 'grapheme', maxLength: 12 })
  .map((text) => cleanText(text.replaceAll(',', ';')).slice(0, 12))
  .map(cleanText)
const wild = fc.oneof(
  word,
  fc.constantFrom('=1+1', '-5', '+49', "'quoted", '"a","b"', 'a\nb', '007', ' ', 'TRUE', '1,234'),
)
const text = wild.map((each) => cleanText(each))
const tag = text.map((each) => each.replaceAll(',', '').trim()).filter((each) => each !== '')
const extraOf = (...each: Record<string, string>[]) => fc.constantFrom(...each)
const amount = fc.option(fc.integer({ min: 1, max: 99_999_999 }), { nil: null })
const variant: fc.Arbitrary<VariantState> = fc.record({
  ...{ id: fc.constant(null), optionValues: fc.constant([]), image: fc.constant(null) },
  ...{ sku: text, barcode: text, price: amount, compareAtPrice: amount, cost: amount },
  weightGrams: fc.integer({ min: 0, max: 2_000_000 }),
  weightUnit: fc.constantFrom('g', 'kg', 'lb', 'oz'),
  ...{ trackStock: fc.boolean(), allowBackorder: fc.boolean(), requiresShipping: fc.boolean() },
  ...{ taxable: fc.boolean(), stock: fc.integer({ min: -50, max: 5000 }) },
  extra: extraOf({}, { 'Variant Fulfillment Service': 'manual' }, { 'Price / EU': '3' }),
})
const titles = fc.uniqueArray(tag, { minLength: 1, maxLength: 4, selector: (each) => each.toLowerCase() })
const catalog = fc.array(
  fc
    .record({
      names: fc.uniqueArray(tag, { maxLength: 3, selector: (each) => each.toLowerCase() }),
      values: titles,
      variant: fc.array(variant, { minLength: 4, maxLength: 4 }),
      ...{ title: tag, vendor: text, type: text, seoTitle: text, seoDescription: text, category: text },
      tags: fc.uniqueArray(tag, { maxLength: 3 }),
      description: fc.oneof(wild, fc.constant('<p>One &amp; “two”</p>\n<ul><li>x</li></ul>')),
      status: fc.constantFrom('draft' as const, 'active' as const, 'archived' as const),
      publishedAt: fc.constantFrom(null, '2025-01-02T03:04:05.000Z', '2099-01-02T03:04:05.000Z'),
      extra: extraOf({}, { Material: 'Oak, oiled' }, { 'Fabric (product.metafields.a.b)': 'a; b' }),
      alts: fc.array(text, { maxLength: 4 }),
    })
    .map(({ names, values, variant, alts, ...rest }): ProductState => {
      const used = names.length === 0 ? [''] : values
      return {
        ...rest,
        ...{
          handle: '',
          description: sanitizeDescription(cleanText(rest.description)),
          optionNames: names,
        },
        images: alts.map((alt, position) => ({
          ...{ id: null, alt, mediaHash: null, sourceUrl: `https://images.example/${position}.jpg?a=1,2` },
        })),
        variants: used.map((value, position) => ({
          ...variant[position]!,
          optionValues: names.map((_, at) => (at === 0 ? value : 'same')),
          image: alts.length > 0 ? position % alts.length : null,
        })),
      }
    }),
  { minLength: 1, maxLength: 8 },
)

test('any catalog exports to a file that imports without a change, in currencies of 0, 2 and 3 digits', async () => {
  await fc.assert(
    fc.asyncProperty(catalog, fc.constantFrom('EUR', 'JPY', 'KWD'), async (states, currency) => {
      await clear()
      const writes = states.map((state, index) => ({
        ...{ id: null, before: null },
        after: { ...state, handle: `p-${index}` },
      }))
      const importId = await uploadCsv({ text: 'Handle', by })
      await transaction((tx) => writeProductStates(tx, writes, { importId, byUserId: by }))
      await expectUnchanged(await exported({ currency }), states.length)
    }),
    { numRuns: 60 },
  )
}, 120_000)

test('uploaded images, schedules and prices that staff left out stay as they are', async () => {
  const { productId, variantId, handle } = await createProduct({ title: 'Pot' })
  const own = await createProductImage(productId, 1)
  await createProductImage(productId, 2)
  await db.update(variants).set({ imageId: own, price: null }).where(eq(variants.id, variantId))
  await db
    .update(productImages)
    .set({ sourceUrl: 'https://old.example/1.jpg' })
    .where(eq(productImages.id, own))
  await db
    .update(products)
    .set({ status: 'active', publishedAt: new Date('2099-01-01'), priceMin: null, priceMax: null })
    .where(eq(products.id, productId))
  const text = await exported()
  expect(text).toContain('https://shop.example/media/1111')
  expect(text).not.toContain('old.example')
  expect(text).toContain(`\r\n${handle},Pot,,,,,,false,Title,Default Title,`)
  await expectUnchanged(text, 1)
})

test('the file has the products of the list’s filter and search', async () => {
  await createProduct({ title: 'Blue pot' })
  const red = await createProduct({ title: 'Red pot' })
  await createProduct({ title: 'Lamp' })
  await db.update(products).set({ status: 'draft' }).where(eq(products.id, red.productId))
  const titles = async (of: { filter?: ProductFilter; query?: string }) =>
    (await exported(of))
      .split('\r\n')
      .slice(1, -1)
      .map((row) => row.split(',')[1])
  expect(await titles({})).toEqual(['Blue pot', 'Red pot', 'Lamp'])
  expect(await titles({ query: 'pot' })).toEqual(['Blue pot', 'Red pot'])
  expect(await titles({ filter: 'draft' })).toEqual(['Red pot'])
})
