import { expect, test } from 'vitest'
import { readCsv } from '#tests/support/read-csv.ts'

const header =
  'ID,Type,SKU,Name,Published,Visibility in catalog,Short description,Description,Date sale price ends,Tax status,In stock?,Stock,Backorders allowed?,Weight (kg),Sale price,Regular price,Categories,Tags,Images,Parent,Attribute 1 name,Attribute 1 value(s),Attribute 2 name,Attribute 2 value(s),Meta: _color'
type Cells = Record<string, string>
const csv = (...rows: Cells[]) => {
  const names = header.split(',')
  const lines = rows.map((cells) =>
    names.map((name) => `"${(cells[name] ?? '').replaceAll('"', '""')}"`).join(','),
  )
  return [header, ...lines].join('\n') + '\n'
}
const simple = (cells: Cells = {}): Cells => ({
  ID: '7',
  Type: 'simple',
  Name: 'Oak stool',
  'Regular price': '49.00',
  Published: '1',
  ...cells,
})

async function only(...rows: Cells[]) {
  const [found, ...others] = await readCsv(csv(...rows))
  expect(others).toEqual([])
  return found!
}

test('a simple product: text as paragraphs, sale price, stock, weight, categories, images', async () => {
  const { product, issues } = await only(
    simple({
      ...{ SKU: "'0042", 'Short description': 'Sturdy.', Description: 'Of oak.\\nOiled.\\n\\nMade in Cork.' },
      ...{
        'Sale price': '39.5',
        Stock: '4',
        'In stock?': '1',
        'Backorders allowed?': 'notify',
        'Weight (kg)': '2.5',
      },
      ...{ Categories: 'Furniture > Stools, Sale', Tags: 'oak, handmade', 'Meta: _color': 'brown' },
      Images: 'https://p.example/1.jpg, https://p.example/2,wide.jpg',
    }),
  )
  expect(issues).toEqual([])
  expect(product).toMatchObject({
    ...{ handle: 'oak-stool', title: 'Oak stool', status: 'active', published: true, type: 'Stools' },
    description: '<p>Sturdy.</p>\n<p>Of oak.<br>Oiled.</p>\n<p>Made in Cork.</p>',
    tags: ['oak', 'handmade', 'Furniture', 'Stools', 'Sale'],
    images: [{ url: 'https://p.example/1.jpg' }, { url: 'https://p.example/2,wide.jpg' }],
    optionNames: [],
    variants: [
      {
        ...{
          sku: '0042',
          price: 3950,
          compareAtPrice: 4900,
          stock: 4,
          trackStock: true,
          allowBackorder: true,
        },
        ...{ weightGrams: 2500, weightUnit: 'kg', requiresShipping: true, taxable: true },
      },
    ],
  })
  expect(Object.fromEntries(product!.extra)).toMatchObject({ 'Meta: _color': 'brown' })
})

const shirt: Cells = {
  ...{ ID: '10', Type: 'variable', SKU: 'shirt', Name: 'Shirt', Published: '1', Categories: 'Clothing' },
  ...{ 'Attribute 1 name': 'Color', 'Attribute 1 value(s)': 'Blue, Red' },
  ...{ 'Attribute 2 name': 'Size', 'Attribute 2 value(s)': 'S, M', Images: 'https://p.example/shirt.jpg' },
}
const variation = (values: [string, string], cells: Cells = {}): Cells => ({
  ...{ Type: 'variation', Published: '1', Parent: 'shirt', 'Regular price': '20' },
  ...{ 'Attribute 1 name': 'Color', 'Attribute 1 value(s)': values[0] },
  ...{ 'Attribute 2 name': 'Size', 'Attribute 2 value(s)': values[1], ...cells },
})

test('variations become variants of their product, wherever they are in the file', async () => {
  const products = await readCsv(
    csv(
      shirt,
      simple(),
      variation(['Blue', 'S'], { SKU: 'B-S', Images: 'https://p.example/blue.jpg' }),
      variation(['Red', 'M'], { SKU: 'R-M', Parent: 'id:10' }),
    ),
  )
  expect(products.map(({ product }) => product!.handle)).toEqual(['oak-stool', 'shirt'])
  const { product, issues } = products[1]!
  expect(issues).toEqual([])
  expect(product).toMatchObject({ line: 2, type: 'Clothing', optionNames: ['Color', 'Size'] })
  expect(product!.variants).toMatchObject([
    { sku: 'B-S', optionValues: ['Blue', 'S'], price: 2000, imageUrl: 'https://p.example/blue.jpg', line: 4 },
    { sku: 'R-M', optionValues: ['Red', 'M'], price: 2000, imageUrl: null, line: 5 },
  ])
})

test('a variation for any value stands for the values that have none of their own', async () => {
  const { product } = await only(
    { ...shirt },
    variation(['Blue', ''], { 'Regular price': '20' }),
    variation(['Blue', 'M'], { 'Regular price': '25' }),
  )
  expect(product!.variants!.map(({ optionValues, price }) => [optionValues!.join('/'), price])).toEqual([
    ['Blue/S', 2000],
    ['Blue/M', 2500],
  ])
})

test('an attribute that no variation names is not an option, and is kept', async () => {
  const { product } = await only(
    shirt,
    variation(['Blue', ''], { 'Attribute 2 name': '' }),
    variation(['Red', ''], { 'Attribute 2 name': '' }),
  )
  expect(product!.optionNames).toEqual(['Color'])
  expect(Object.fromEntries(product!.extra)).toMatchObject({
    'Attribute 2 name': 'Size',
    'Attribute 2 value(s)': 'S, M',
  })
})

test('drafts, hidden and private products do not become visible', async () => {
  const products = await readCsv(
    csv(
      simple({ Published: '-1' }),
      simple({ Name: 'Hidden', 'Visibility in catalog': 'hidden' }),
      simple({ Name: 'Private', Published: '0' }),
    ),
  )
  expect(products.map(({ product }) => [product!.status, product!.published])).toEqual([
    ['draft', true],
    ['draft', true],
    ['active', false],
  ])
})

test('products of the same name have different handles', async () => {
  const products = await readCsv(csv(simple(), simple({ SKU: 'B 2' }), simple({ ID: '9' })))
  expect(products.map(({ product }) => product!.handle)).toEqual([
    'oak-stool',
    'oak-stool-b-2',
    'oak-stool-9',
  ])
})

test.each([
  ['a grouped product', [simple({ Type: 'grouped' })], 'Type', 'grouped'],
  ['a variation without its product', [variation(['Blue', 'S'])], 'Parent', 'not in the file'],
  ['a price that is none', [simple({ 'Regular price': 'ask' })], 'Regular price', 'not a price'],
  ['a weight that is none', [simple({ 'Weight (kg)': 'heavy' })], 'Weight (kg)', 'not a weight'],
])('%s is rejected by its own column', async (_, rows, column, message) => {
  const { product, issues } = await only(...rows)
  expect(product).toBeNull()
  expect(issues).toMatchObject([{ line: 2, column, message: expect.stringContaining(message) }])
})

test.each([
  ['a sale that is over', { 'Date sale price ends': '2026-01-31', 'Sale price': '5' }, 4900, []],
  [
    'a sale that will end',
    { 'Date sale price ends': '2027-01-31', 'Sale price': '5' },
    500,
    ['Date sale price ends'],
  ],
  ['stock shared by variations', { Stock: 'parent' }, 4900, ['Stock']],
])('%s', async (_, cells: Cells, price, warned) => {
  const { product, issues } = await only(simple(cells))
  expect(product!.variants![0]!.price).toBe(price)
  expect(issues.map(({ column }) => column)).toEqual(warned)
})

test('a product without stock management is always available, unless it is marked as out of stock', async () => {
  const tracking = async (cells: Cells) => (await only(simple(cells))).product!.variants![0]!
  expect(await tracking({ 'In stock?': '1' })).toMatchObject({ trackStock: false })
  expect(await tracking({ 'In stock?': '0' })).toMatchObject({ trackStock: true, stock: 0 })
})
