import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fixture, readCsv } from '#tests/support/read-csv.ts'

/** A file with the given columns; each row is a list of cells. */
const csv = (header: string, ...rows: string[]) => [header, ...rows].join('\n') + '\n'

async function only(text: string) {
  const products = await readCsv(text)
  expect(products).toHaveLength(1)
  return products[0]!
}

test('reads the classic format: variants, images, unknown columns', async () => {
  const [mug, chopsticks, table, kettle] = await readCsv(await fixture('classic.csv'))
  expect(mug!.product).toMatchObject({
    handle: 'harbour-mug',
    line: 2,
    tags: ['stoneware', 'Kitchen', 'kitchen'],
    published: true,
    status: 'active',
    optionNames: ['Glaze', 'Size'],
    category: 'Home & Garden > Kitchen & Dining > Tableware',
  })
  expect(mug!.product!.images!.map((image) => image.url.split('/').at(-1))).toEqual([
    'mug-shelf.jpg',
    'mug-blue.jpg',
    'mug-sand.jpg',
    'mug-hand.jpg',
  ])
  expect(mug!.product!.variants).toHaveLength(3)
  expect(mug!.product!.variants![0]).toMatchObject({
    optionValues: ['Blue', 'Small'],
    price: 1850,
    compareAtPrice: 2200,
    cost: 725,
    barcode: '4006381333931',
    trackStock: true,
    stock: 12,
    allowBackorder: false,
  })
  expect(mug!.product!.variants![1]).toMatchObject({ stock: -3, allowBackorder: true, line: 4 })
  expect(mug!.product!.variants![2]).toMatchObject({ trackStock: false, stock: undefined })
  expect(Object.fromEntries(mug!.product!.extra)).toMatchObject({
    'Google Shopping / Condition': 'new',
    'Material (product.metafields.custom.material)': 'stoneware; glaze',
    'Included / Norway': 'true',
  })
  expect(Object.fromEntries(mug!.product!.variants![1]!.extra)).toMatchObject({ 'Price / Norway': '260' })
  expect(mug!.issues).toEqual([
    {
      severity: 'warning',
      line: 4,
      column: 'Variant Inventory Qty',
      value: '-3',
      message: expect.stringContaining('below zero'),
    },
  ])
  expect(chopsticks!.product).toMatchObject({ handle: '竹の箸', published: true, optionNames: [] })
  expect(table!.product!.variants![0]!.price).toBeNull()
  expect(table!.issues[0]).toMatchObject({ severity: 'warning', column: 'Variant Price' })
  expect(kettle!.product).toMatchObject({ published: false, status: 'active' })
})

test('reads the template format: empty title on variant rows, other letter case, rounded price', async () => {
  const [apron, wax] = await readCsv(await fixture('template.csv'))
  expect(apron!.issues).toEqual([])
  expect(apron!.product).toMatchObject({ title: 'Linen apron', status: 'active', optionNames: ['Length'] })
  expect(apron!.product!.variants).toMatchObject([
    { sku: 'LA-1', price: 3900, allowBackorder: false, stock: 4, weightUnit: 'g' },
    {
      sku: 'LA-2',
      price: 4400,
      allowBackorder: true,
      stock: 0,
      imageUrl: 'https://pictures.example/apron-long.jpg',
    },
  ])
  expect(wax!.product).toMatchObject({ published: false, status: 'draft', optionNames: [] })
  expect(wax!.product!.variants![0]!.price).toBe(600)
})

test('columns are found by name, in any order and letter case, with a BOM', async () => {
  const { product } = await only('\ufeff' + csv('VARIANT PRICE,  title ,HANDLE', '5,Bowl,bowl'))
  expect(product).toMatchObject({ handle: 'bowl', title: 'Bowl', variants: [{ price: 500 }] })
})

test('a missing column leaves the field undefined, an empty cell clears it', async () => {
  const { product } = await only(csv('Handle,Title,Vendor', 'bowl,Bowl,'))
  expect(product!.vendor).toBe('')
  expect(product!.type).toBeUndefined()
  expect(product!.variants).toBeUndefined()
  expect(product!.images).toBeUndefined()
})

test('a missing handle is generated from the title', async () => {
  expect((await only(csv('Title,Price', 'Salt & Pepper,3'))).product!.handle).toBe('salt-pepper')
})

test.each([
  ['an invalid price', 'Handle,Title,Variant Price', ['a,A,abc'], 2, 'Variant Price', 'not a price'],
  ['a negative price', 'Handle,Title,Variant Price', ['a,A,-1'], 2, 'Variant Price', 'not a price'],
  [
    'a price that can be read two ways',
    'Handle,Title,Variant Price',
    ['a,A,"1,234"'],
    2,
    'Variant Price',
    'without the comma',
  ],
  [
    'a stock with a fraction',
    'Handle,Title,Variant Inventory Qty',
    ['a,A,1.5'],
    2,
    'Variant Inventory Qty',
    'whole number',
  ],
  [
    'an unknown policy',
    'Handle,Title,Variant Inventory Policy',
    ['a,A,maybe'],
    2,
    'Variant Inventory Policy',
    'neither',
  ],
  ['an unknown status', 'Handle,Title,Status', ['a,A,live'], 2, 'Status', 'not active, draft or archived'],
  [
    'a published that is neither',
    'Handle,Title,Published',
    ['a,A,perhaps'],
    2,
    'Published',
    'neither true nor false',
  ],
  ['an empty title', 'Handle,Title', ['a,'], 2, 'Title', 'empty'],
  [
    'the same options twice',
    'Handle,Title,Option1 Name,Option1 Value',
    ['a,A,Size,S', 'a,,,M', 'a,,,S'],
    4,
    'Option1 Value',
    'line 2',
  ],
  [
    'a missing option value',
    'Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value',
    ['a,A,Size,S,Color,Red', 'a,,,M,,'],
    3,
    'Option2 Value',
    'Color',
  ],
  [
    'values without a name',
    'Handle,Title,Option1 Name,Option1 Value',
    ['a,A,,S'],
    2,
    'Option1 Name',
    'no name',
  ],
  [
    'two options of one name',
    'Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value',
    ['a,A,Size,S,size,M'],
    2,
    'Option1 Name',
    'same name',
  ],
  [
    'a fourth option',
    'Handle,Title,Option1 Name,Option1 Value,Option4 Name',
    ['a,A,Size,S,Mood'],
    2,
    'Option4 Name',
    'three options',
  ],
  [
    'a price without an option value',
    'Handle,Title,Option1 Name,Option1 Value,Price',
    ['a,A,Size,S,1', 'a,,,,2'],
    3,
    'Price',
    'no option value',
  ],
  ['a row with too many cells', 'Handle,Title', ['a,A,b'], 2, '', '3 cells'],
])('%s rejects the product, by line and column', async (_, header, rows, line, column, message) => {
  const { product, issues } = await only(csv(header, ...rows))
  expect(product).toBeNull()
  expect(issues[0]).toMatchObject({
    severity: 'error',
    line,
    column,
    message: expect.stringContaining(message),
  })
})

test.each([
  ['more digits than the currency has', 'Variant Price', '19.999', 'Variant Price', 'rounded to 20.00'],
  ['a price of 0', 'Variant Price', '0.00', 'Variant Price', 'free'],
  ['another currency', 'Variant Price', '$19.99', 'Variant Price', 'not in EUR'],
  [
    'a compare-at price below the price',
    'Variant Price,Variant Compare At Price',
    '9,8',
    'Variant Compare At Price',
    'lower than the price',
  ],
])('%s is a warning by line and column', async (_, header, cells, column, message) => {
  const { product, issues } = await only(csv(`Handle,Title,${header}`, `a,A,${cells}`))
  expect(product).not.toBeNull()
  expect(issues).toMatchObject([
    { severity: 'warning', line: 2, column, message: expect.stringContaining(message) },
  ])
})

test('SKUs and barcodes lose the apostrophe that marks them as text', async () => {
  const { product } = await only(csv('Handle,Title,Variant SKU,Variant Barcode', "a,A,'007,'0012"))
  expect(product!.variants).toMatchObject([{ sku: '007', barcode: '0012' }])
})

test('a product may have 2,048 variants and not one more', async () => {
  const rows = (count: number) =>
    Array.from({ length: count }, (_, index) => `a,${index ? '' : 'A'},${index ? '' : 'No'},${index}`)
  const header = 'Handle,Title,Option1 Name,Option1 Value'
  expect((await only(csv(header, ...rows(2048)))).product!.variants).toHaveLength(2048)
  expect((await only(csv(header, ...rows(2049)))).issues[0]).toMatchObject({
    line: 2050,
    severity: 'error',
  })
})

test('thousands of rows with only an image keep the first 250 images', async () => {
  const rows = Array.from({ length: 5000 }, (_, index) => `a,,https://p.example/${index}.jpg`)
  const { product, issues } = await only(csv('Handle,Title,Image Src', 'a,A,', ...rows))
  expect(product!.images).toHaveLength(250)
  expect(issues).toMatchObject([{ severity: 'warning', message: expect.stringContaining('250') }])
})

test('a handle that occurs again later is an error that names it, and marks the repetition', async () => {
  const products = await readCsv(csv('Handle,Title', 'a,A', 'b,B', 'a,A again'))
  expect(products.map(({ product }) => product?.handle ?? null)).toEqual(['a', 'b', null])
  expect(products[2]!.issues[0]).toMatchObject({
    line: 4,
    message: expect.stringContaining('appears again'),
  })
})

test('a row without a handle rejects the product above it', async () => {
  const [first, second] = await readCsv(csv('Handle,Title,Option1 Value', 'a,A,S', ',,M', 'b,B,S'))
  expect(first!.product).toBeNull()
  expect(first!.issues[0]).toMatchObject({ line: 3 })
  expect(second!.issues.map((issue) => issue.line)).toEqual([4])
})

test('a URL that is not http(s) is left out with a warning and rejects nothing', async () => {
  const { product, issues } = await only(
    csv('Handle,Title,Image Src', 'a,A,javascript:alert(1)', 'a,,ftp://x/y.jpg'),
  )
  expect(product!.images).toEqual([])
  expect(issues.map(({ severity, line }) => [severity, line])).toEqual([
    ['warning', 2],
    ['warning', 3],
  ])
})

test('control characters and invalid UTF-16 do not reach the database', async () => {
  const { product } = await only(csv('Handle,Title,Vendor', 'a,A\u0000B\u0007,e\u0301'))
  expect(product).toMatchObject({ title: 'AB', vendor: 'é' })
})

test('a gift card is imported as a draft, with a warning', async () => {
  const { product, issues } = await only(csv('Handle,Title,Gift Card,Status', 'a,A,TRUE,active'))
  expect(product!.status).toBe('draft')
  expect(issues[0]).toMatchObject({ severity: 'warning', column: 'Gift Card' })
})

test('parsing never throws, whatever the cells contain', async () => {
  const header =
    'Handle,Title,Tags,Published,Status,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant Price,Variant Grams,Variant Inventory Qty,Variant Inventory Policy,Image Src,Image Position,Variant Image,__proto__'
  const cell = fc.oneof(
    fc.constantFrom(
      '',
      'a',
      'Title',
      'Default Title',
      '1',
      '-1',
      '1,234',
      '1e9',
      'true',
      '٣',
      '__proto__',
      'https://x.example/y',
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
  )
  const row = fc.array(cell, { minLength: 1, maxLength: 18 })
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 6 }), async (rows) => {
      const quoted = rows.map((cells) => cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(','))
      for (const { product, issues } of await readCsv(csv(header, ...quoted)))
        expect(product === null).toBe(issues.some(({ severity }) => severity === 'error'))
    }),
    { numRuns: 300 },
  )
})

test('two cells of 900,000 marks take no longer than as many letters', async () => {
  const time = async (text: string) => {
    const startedAt = performance.now()
    const { product } = await only(
      csv('Handle,Title,Body (HTML),Metafield', `a,A,x${text}y,${text.slice(1)}`),
    )
    expect(product!.title).toBe('A')
    return performance.now() - startedAt
  }
  await time('ē')
  const plain = await time('ē'.repeat(900_000))
  expect(await time('\u0301\u0316'.repeat(450_000))).toBeLessThan(plain * 8)
})

test('a title of a million characters gives a handle, or an error', async () => {
  const [product] = await readCsv(csv('Title', '😀'.repeat(500_000)))
  expect(product!.issues.map(({ message }) => message)).toContainEqual(expect.stringMatching(/handle|longer/))
})
