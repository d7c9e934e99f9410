import { readFile } from 'node:fs/promises'
import { readHeader } from '#app/domain/imports/csv-format.ts'
import { parseProduct, type ParsedProduct } from '#app/domain/imports/parse-product.ts'
import { detectFormat } from '#app/domain/imports/detect-format.server.ts'
import { createGrouper } from '#app/domain/imports/create-grouper.ts'
import type { RowGroup, RowGrouper } from '#app/domain/imports/product-rows.ts'
import { readRows } from '#app/domain/imports/read-rows.server.ts'

/**
 * Reads a CSV text like an import of a shop in this locale, without a database. Throws the message of a file that is
 * refused as a whole.
 */
export async function readCsv(text: string | Buffer, locale = ''): Promise<ParsedProduct[]> {
  const bytes = Buffer.from(text)
  const detected = await detectFormat(inChunks(bytes), { locale })
  if (!detected.ok) throw new Error(detected.message)
  const groups: RowGroup[] = []
  let rows: RowGrouper | undefined
  for await (const answer of readRows(inChunks(bytes), { bytes: 0 }, detected.format)) {
    if (!answer.ok) throw new Error(answer.message)
    if (!rows) {
      const header = readHeader(answer.row.cells)
      if (!header.ok) throw new Error(header.message)
      rows = createGrouper(header.columns, detected.format.numbers, new Date('2026-11-23T09:00:00Z'))
      continue
    }
    groups.push(...rows.push(answer.row))
  }
  groups.push(...(rows?.end() ?? []))
  const numbers = {
    notation: detected.format.numbers,
    currency: 'EUR',
    currencyDigits: 2,
    locale,
  }
  return groups.map((group) => parseProduct(group, rows!.columns, { numbers, sanitize: (html) => html }))
}

export function fixture(name: string): Promise<Buffer> {
  return readFile(`tests/fixtures/${name}`)
}

/** In chunks of seven bytes, so that characters and quotation marks are split. */
export async function* inChunks(bytes: Buffer, size = 7): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
