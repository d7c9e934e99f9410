import { readFile } from 'node:fs/promises'
import type { Columns } from '#app/domain/imports/csv-format.ts'
import { readHeader } from '#app/domain/imports/csv-format.ts'
import { parseProduct, type ParsedProduct } from '#app/domain/imports/parse-product.ts'
import { ProductRows, type RowGroup } from '#app/domain/imports/product-rows.ts'
import { readRows } from '#app/domain/imports/read-rows.server.ts'

/** Reads a CSV text like an import, without a database. Throws the message of a file that is refused as a whole. */
export async function readCsv(text: string | Buffer): Promise<ParsedProduct[]> {
  const groups: RowGroup[] = []
  let columns: Columns | undefined
  let rows: ProductRows | undefined
  for await (const answer of readRows(inChunks(Buffer.from(text)))) {
    if (!answer.ok) throw new Error(answer.message)
    if (!columns || !rows) {
      const header = readHeader(answer.row.cells)
      if (!header.ok) throw new Error(header.message)
      columns = header.columns
      rows = new ProductRows(columns)
      continue
    }
    const group = rows.push(answer.row)
    if (group) groups.push(group)
  }
  const last = rows?.end()
  if (last) groups.push(last)
  return groups.map((group) => parseProduct(group, columns!, { currency: 'EUR', sanitize: (html) => html }))
}

export function fixture(name: string): Promise<Buffer> {
  return readFile(`tests/fixtures/${name}`)
}

/** In chunks of seven bytes, so that characters and quotation marks are split. */
export async function* inChunks(bytes: Buffer, size = 7): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
