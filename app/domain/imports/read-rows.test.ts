import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inChunks, readCsv } from '#tests/support/read-csv.ts'
import { readRows } from './read-rows.server.ts'

async function rowsOf(bytes: Buffer | string) {
  const rows: [number, string[]][] = []
  for await (const answer of readRows(inChunks(Buffer.from(bytes)))) {
    if (!answer.ok) return answer.message
    rows.push([answer.row.line, answer.row.cells])
  }
  return rows
}

test('rows have their starting line, with newlines of every kind in quoted cells and between rows', async () => {
  expect(await rowsOf('a,b\r\n1,"x\r\ny\nz"\r\n\r\n2,3\n4,5')).toEqual([
    [1, ['a', 'b']],
    [2, ['1', 'x\r\ny\nz']],
    [6, ['2', '3']],
    [7, ['4', '5']],
  ])
})

test.each([
  ['empty', Buffer.alloc(0), 'empty'],
  ['Excel', Buffer.from('PK\u0003\u0004...'), 'spreadsheet'],
  ['binary', Buffer.from([1, 2, 0, 3]), 'not a text file'],
  ['Windows-1252', Buffer.from('Handle,Title\na,B\na,Caf\xe9\n', 'latin1'), 'not in UTF-8'],
  ['truncated in a quoted cell', 'a,b\n1,"x\ny', 'never closed'],
  ['truncated in a row', 'a,b,c\n1,2,3\n4,5', 'cut off: its last line (3) has 2 of 3'],
  ['truncated in a character', Buffer.from('a,é').subarray(0, 3), 'cut off'],
  ['with a loose quotation mark', 'a,b\n1,x"y\n', 'do not match'],
])('a file that is %s is refused with a message', async (_, bytes, expected) => {
  expect(await rowsOf(bytes)).toContain(expected)
})

test.each([
  ['vertical bars', 'Handle|Title\na|A\n', 'vertical bars'],
  ['orders', 'Name,Email,Financial Status\n', 'order export'],
  ['inventory', 'Handle,Title,Location,On hand\n', 'inventory'],
  ['no header', 'mug,Blue mug,5\n', 'names is missing'],
  ['unknown columns', 'Artikel;Bezeichnung;Preis\n', 'contains “Artikel”, “Bezeichnung”, “Preis”'],
  ['a column twice', 'Handle,Title,title\n', 'appears twice'],
])('a file of %s is distinguished from products', async (_, text, expected) => {
  await expect(readCsv(text)).rejects.toThrow(expected)
})

test('a cell of a hundred megabytes is refused without buffering it', async () => {
  async function* huge() {
    yield Buffer.from('Handle,Title\na,"')
    for (let i = 0; i < 100; i++) yield Buffer.alloc(1024 * 1024, 'x')
    yield Buffer.from('"\n')
  }
  const answers: unknown[] = []
  let taken = { bytes: 0 }
  for await (const answer of readRows(huge(), (taken = { bytes: 0 }))) answers.push(answer)
  expect(answers.at(-1)).toMatchObject({
    ok: false,
    message: expect.stringContaining('line 2 is larger than 4 MB'),
  })
  expect(taken.bytes).toBeLessThan(10 * 1024 * 1024)
})

test('any bytes are read, or refused with a message', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      expect(await rowsOf(Buffer.from(bytes))).toBeTruthy()
    }),
    { numRuns: 300 },
  )
})

test('quoted cells are read back unchanged', async () => {
  const cells = fc.array(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 2, maxLength: 2 }), {
    minLength: 1,
  })
  await fc.assert(
    fc.asyncProperty(cells, async (rows) => {
      const text = rows
        .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
        .join('\n')
      const read = await rowsOf(text + '\n')
      expect(Array.isArray(read) && read.map(([, row]) => row)).toEqual(rows)
    }),
    { numRuns: 200 },
  )
})
