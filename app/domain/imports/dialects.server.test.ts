import { parse } from 'csv-parse/sync'
import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { products, settings, variants } from '#db/schema/index.ts'
import { now, createShop } from '#tests/support/cast.ts'
import { asSuperuser } from '#tests/support/database.ts'
import { fixture, inChunks } from '#tests/support/read-csv.ts'
import { applyImport } from './apply-import.server.ts'
import { describeFormat, type FileFormat } from './file-format.ts'
import { getImport, listAllIssues, startApplying } from './imports.server.ts'
import { readImport } from './read-import.server.ts'
import { receiveImport } from './receive-import.server.ts'

let olga: number

beforeEach(async () => {
  olga = (await createShop()).olga
  await asSuperuser((psql) => psql`truncate products, imports, media cascade`)
})

async function check(bytes: Buffer) {
  const upload = { filename: 'products.csv', bytes: inChunks(bytes, 1000), overwrite: true, by: olga }
  const result = await receiveImport(upload)
  if (!result.ok) throw new Error(result.reason)
  await readImport(result.id, now)
  return (await getImport(result.id))!
}

async function apply(id: number) {
  expect(await startApplying(id, olga)).toEqual({ ok: true })
  await applyImport(id)
}

/** The same file as a spreadsheet program would save it. */
async function resaved(name: string, separator: string, encode: (text: string) => Buffer) {
  const rows: string[][] = parse(await fixture(name), { bom: true, relax_column_count: true })
  const lines = rows.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(separator))
  return encode(`${lines.join('\r\n')}\r\n`)
}

const utf8 = (text: string) => Buffer.from(text)
const utf16le = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')
const utf16be = (text: string) => utf16le(text).swap16()

test.each(['classic.csv', 'template.csv'])(
  '%s is the same catalog in each encoding and with each separator',
  async (name) => {
    await apply((await check(await fixture(name))).id)
    const count = await db.$count(products)
    for (const encode of [utf8, utf16le, utf16be]) {
      for (const separator of [',', ';', '\t']) {
        const again = await check(await resaved(name, separator, encode))
        expect(again).toMatchObject({
          status: 'ready',
          unchangedCount: count,
          updateCount: 0,
          createCount: 0,
          errorCount: 0,
        })
      }
    }
  },
)

test('a German spreadsheet in Windows-1252 is read by the store’s locale, and described', async () => {
  await db.update(settings).set({ locale: 'de-DE', currency: 'EUR' })
  const rows = [
    'Handle;Title;Variant Price;Variant Grams',
    'stuhl;Grüner Stuhl;1.250;1.500',
    'tisch;Tisch;2.499 €;',
  ]
  const checked = await check(Buffer.from(rows.join('\r\n').replaceAll('€', '\x80'), 'latin1'))
  expect(describeFormat(checked.format as FileFormat)).toBe(
    'Semicolons as separators, Windows-1252 (“Grüner”), prices like 2.499 €.',
  )
  await apply(checked.id)
  const found = await db
    .select({ price: variants.price, grams: variants.weightGrams })
    .from(variants)
    .orderBy(variants.id)
  expect(found).toEqual([
    { price: 125_000, grams: 1500 },
    { price: 249_900, grams: 0 },
  ])
})

test('a product that would be free is a draft, and is listed', async () => {
  const checked = await check(
    Buffer.from('Handle,Title,Variant Price,Status\nmug,Mug,0.00,active\ncup,Cup,4,active\n'),
  )
  const warnings = await listAllIssues(checked.id, 'warning')
  expect(warnings.map(({ handle, value, message }) => [handle, value, message])).toEqual([
    ['mug', '0.00', 'The price is 0, so this variant would be free.'],
    [
      'mug',
      '',
      'A price is 0, so the product is saved as a draft. Make it active if it is meant to be free.',
    ],
  ])
  await apply(checked.id)
  const found = await db.select({ handle: products.handle, status: products.status }).from(products)
  expect(Object.fromEntries(found.map(({ handle, status }) => [handle, status]))).toEqual({
    mug: 'draft',
    cup: 'active',
  })
})

test('a rejected row is stored with its column and its value', async () => {
  const checked = await check(Buffer.from('Handle,Title,Variant Price\nmug,Mug,=1+1\n'))
  expect(checked).toMatchObject({ errorCount: 1 })
  expect(await listAllIssues(checked.id, 'error')).toMatchObject([
    { line: 2, handle: 'mug', column: 'Variant Price', value: '=1+1' },
  ])
})

test('a WooCommerce export becomes a catalog; a second import changes nothing', async () => {
  const header =
    'ID,Type,SKU,Name,Published,Stock,Regular price,Sale price,Categories,Images,Parent,Attribute 1 name,Attribute 1 value(s)'
  const file = [
    header,
    '1,variable,TEE,Tee,1,,,,Clothing > Tops,https://p.example/tee.jpg,,Size,"S, M"',
    '2,simple,CAP,Cap,1,7,15,12,Clothing,"https://p.example/cap.jpg, https://p.example/cap-2.jpg",,,',
    '3,variation,TEE-S,Tee - S,1,3,20,,,,TEE,Size,S',
    '4,variation,TEE-M,Tee - M,1,0,22,,,https://p.example/tee-m.jpg,id:1,Size,M',
    '5,external,BOOK,Book,1,,5,,,,,,',
  ].join('\n')
  const checked = await check(Buffer.from(file))
  expect(checked).toMatchObject({ dialect: 'woocommerce', createCount: 2, errorCount: 1, rowsRead: 5 })
  await apply(checked.id)
  const [tee] = await db.select().from(products).where(eq(products.handle, 'tee'))
  expect(tee).toMatchObject({
    type: 'Tops',
    tags: ['Clothing', 'Tops'],
    optionNames: ['Size'],
    status: 'active',
  })
  const sizes = await db
    .select()
    .from(variants)
    .where(eq(variants.productId, tee!.id))
    .orderBy(variants.position)
  expect(sizes.map(({ sku, price, stock, imageId }) => [sku, price, stock, imageId !== null])).toEqual([
    ['TEE-S', 2000, 3, false],
    ['TEE-M', 2200, 0, true],
  ])
  expect(await check(Buffer.from(file))).toMatchObject({ unchangedCount: 2, updateCount: 0, createCount: 0 })
})
