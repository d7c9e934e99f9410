import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ProductState } from '#app/domain/products/product-state.ts'
import { fixture, readCsv } from '#tests/support/read-csv.ts'
import { fieldChanges } from './diff.ts'
import type { ImportedProduct } from './imported-product.ts'
import { matchVariants } from './match-variants.ts'
import { mergeProduct } from './merge-product.ts'

const now = new Date('2026-11-23T09:00:00Z')

/** The product as the database would store it. */
function stored(imported: ImportedProduct): ProductState {
  const merged = mergeProduct(null, imported, now)
  if (!merged.ok) throw new Error(merged.issues[0]!.message)
  const { images, variants, ...rest } = merged.state
  return {
    ...rest,
    images: images.map((image, index) => ({ ...image, id: 100 + index })),
    variants: variants.map((variant, index) => ({ ...variant, id: 200 + index })),
  }
}

function changed(before: ProductState, imported: ImportedProduct) {
  const merged = mergeProduct(before, imported, new Date('2027-01-01T00:00:00Z'))
  if (!merged.ok) throw new Error(merged.issues[0]!.message)
  return fieldChanges(before, merged.state)
}

async function only(text: string) {
  return (await readCsv(text))[0]!.product!
}

test.each(['classic.csv', 'template.csv'])('importing %s a second time changes nothing', async (name) => {
  for (const { product } of await readCsv(await fixture(name))) {
    expect(changed(stored(product!), product!)).toEqual([])
  }
})

test('importing any data a second time changes nothing', async () => {
  const header =
    'Handle,Title,Vendor,Tags,Published,Status,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Inventory Qty,Image Src,Image Position,Variant Image,Odd column,Variant Odd'
  const word = fc.constantFrom(
    '',
    'a',
    'b',
    'Red',
    'red',
    '0',
    '7',
    '-2',
    'true',
    'https://p.example/1',
    'https://p.example/2',
  )
  const row = fc.array(word, { minLength: 15, maxLength: 15 })
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 5 }), async (rows) => {
      const lines = rows.map((cells) => `thing,${cells.join(',')}`)
      const [parsed] = await readCsv([header, ...lines].join('\n') + '\n')
      if (parsed!.product) expect(changed(stored(parsed!.product), parsed!.product)).toEqual([])
    }),
    { numRuns: 500 },
  )
})

test('a missing column leaves a field unchanged, an empty cell clears it', async () => {
  const before = stored(await only('Handle,Title,Vendor,Type,Odd\nmug,Mug,Kiln,Cup,yes\n'))
  expect(changed(before, await only('Handle,Title,Vendor,Odd\nmug,Mug,,\n'))).toMatchObject([
    { field: 'Vendor', from: { text: 'Kiln' }, to: { kind: 'nothing' } },
    { field: 'Odd', from: { text: 'yes' }, to: { kind: 'nothing' } },
  ])
})

test('a price of 0 makes a product a draft, until staff make it active', async () => {
  const free = await only('Handle,Title,Variant Price,Status\nmug,Mug,0,active\n')
  const draft = stored(free)
  expect(draft.status).toBe('draft')
  expect(changed(draft, free)).toEqual([])
  expect(changed({ ...draft, status: 'active' }, free)).toEqual([])
  const priced = stored(await only('Handle,Title,Variant Price,Status\nmug,Mug,5,active\n'))
  expect(priced.status).toBe('active')
  expect(changed(priced, free).map(({ field }) => field)).toEqual(['Status', 'Price'])
})

test('an empty stock cell is not zero', async () => {
  const header = 'Handle,Title,Variant Inventory Tracker,Variant Inventory Qty\n'
  const before = stored(await only(`${header}mug,Mug,shopify,5\n`))
  expect(changed(before, await only(`${header}mug,Mug,shopify,\n`))).toEqual([])
})

test('a file without options does not change the variants of a product with options', async () => {
  const before = stored(await only('Handle,Title,Option1 Name,Option1 Value\nmug,Mug,Size,S\nmug,,,M\n'))
  const merged = mergeProduct(before, await only('Handle,Title,Price\nmug,Mug,5\n'), now)
  expect(merged).toMatchObject({ ok: false, issues: [{ column: 'Option1 Value' }] })
})

test('variants are matched by values, then letter case, then SKU, then the last one left', () => {
  const variant = (id: number, value: string, sku = '') => ({ id, optionValues: [value], sku })
  const present = [variant(1, 'S', 'A'), variant(2, 'M', 'B'), variant(3, 'L', 'C'), variant(4, 'XL')]
  const wanted = [variant(0, 'huge'), variant(0, 'm', 'A'), variant(0, 'Small', 'A'), variant(0, 'L', 'X')]
  expect(matchVariants(present, wanted).map((match) => match?.id)).toEqual([4, 2, 1, 3])
})
