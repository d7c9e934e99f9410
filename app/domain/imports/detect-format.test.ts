import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fixture, inChunks, readCsv } from '#tests/support/read-csv.ts'
import { detectFormat } from './detect-format.server.ts'
import { describeFormat } from './file-format.ts'

async function formatOf(bytes: Buffer, locale = '') {
  const found = await detectFormat(inChunks(bytes), { locale })
  return found.ok ? describeFormat(found.format) : found.message
}

const file = (separator: string, ...rows: string[]) =>
  ['Handle,Title,Variant SKU,Variant Price', ...rows].join('\n').replaceAll(',', separator) + '\n'

const encodings: [string, (text: string) => Buffer][] = [
  ['UTF-8', (text) => Buffer.from(text)],
  ['UTF-8 with a BOM', (text) => Buffer.from(`\ufeff${text}`)],
  ['UTF-16 LE', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16 BE', (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ['Windows-1252', (text) => Buffer.from(text.replaceAll('€', '\x80').replaceAll('’', '\x92'), 'latin1')],
]

test.each(
  encodings.flatMap(([name, encode]) => [',', ';', '\t'].map((separator) => ({ name, separator, encode }))),
)('a file in $name with "$separator" is read like the original', async ({ separator, encode }) => {
  const text = file(separator, 'cafe,Café d’été,S-1,9.99 €', 'pate,Pâté,S-2,12.50 €')
  const read = await readCsv(encode(text))
  expect(read.map(({ product }) => [product!.title, product!.variants![0]!.price])).toEqual([
    ['Café d’été', 999],
    ['Pâté', 1250],
  ])
})

test('quoted separators, line breaks and a line that names the separator do not confuse detection', async () => {
  const text = 'sep=;\r\nHandle;Title;"Body (HTML)"\r\nmug;"Mug, blue; tall";"a\nb,c,d"\r\n'
  const [mug] = await readCsv(text)
  expect(mug!.product).toMatchObject({ line: 3, title: 'Mug, blue; tall', description: 'a\nb,c,d' })
})

test('what was detected is described in one sentence', async () => {
  const text = file(';', "cafe,Café,'0042,1.234#50").replace('#', ',')
  expect(await formatOf(Buffer.from(text, 'latin1'), 'de-DE')).toBe(
    'Semicolons as separators, Windows-1252 (“Café”), prices like 1.234,50, apostrophes in front of SKUs and barcodes are left out.',
  )
  expect(await formatOf(await fixture('classic.csv'))).toMatch(/^Commas as separators, UTF-8 \(“竹の箸”\)/)
})

test.each([
  ['Cyrillic in Windows-1251', Buffer.from('Handle,Title\nа,\xd2\xee\xe2\xe0\xf0\n', 'latin1')],
  ['Polish in Windows-1250', Buffer.from('Handle,Title\na,Mi\xb3y\n', 'latin1')],
  ['Mac Roman', Buffer.from('Handle,Title\na,Caf\x8e\n', 'latin1')],
  ['Shift JIS', Buffer.from('Handle,Title\na,\x93\xfa\x96{\x81A\x8c\xea\n', 'latin1')],
  [
    'UTF-8 with one wrong byte',
    Buffer.concat([Buffer.from('Handle,Title\na,é\nb,'), Buffer.from([0xe9, 10])]),
  ],
])('%s is refused, because guessing would corrupt names', async (_, bytes) => {
  expect(await formatOf(bytes)).toMatch(/in another encoding in line \d/)
})

test('the encoding of any UTF-8 text is UTF-8, however it is divided into chunks', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 9 }), async (text, size) => {
      const bytes = Buffer.from(`Handle,Title\n${text.replaceAll('\0', '')}`)
      const found = await detectFormat(inChunks(bytes, size), { locale: '' })
      expect(found).toMatchObject({ ok: true, format: { encoding: 'utf-8' } })
    }),
    { numRuns: 300 },
  )
})
