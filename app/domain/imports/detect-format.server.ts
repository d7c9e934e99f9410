import { detectNotation } from './number-notation.ts'
import { type Columns, countKnownHeaders, type Field, getCell, readHeader } from './csv-format.ts'
import { EncodingDetector } from './encoding-detector.ts'
import type { FileFormat, Separator, TextFormat } from './file-format.ts'
import { detectFileKind, readRows } from './read-rows.server.ts'

export type FormatResult = { ok: true; format: FileFormat } | { ok: false; message: string }

/** This much of the file shows its separator and its prices. */
const sampleBytes = 512 * 1024

/**
 * Reads the file once to find its encoding, and its beginning to find the separator and how it writes prices. The
 * shop's locale decides what the file leaves open.
 */
export async function detectFormat(
  chunks: AsyncIterable<Uint8Array>,
  { locale }: { locale: string },
): Promise<FormatResult> {
  const detector = new EncodingDetector()
  const sample: Uint8Array[] = []
  let sampled = 0
  for await (const chunk of chunks) {
    if (sampled === 0) {
      const kind = detectFileKind(chunk)
      if (kind) return { ok: false, message: kind }
    }
    const isSample = sampled < sampleBytes
    if (isSample) {
      sample.push(chunk)
      sampled += chunk.length
    }
    if (!detector.push(chunk) && !isSample) break
  }
  const detected = detector.end()
  if (!detected.ok) return detected
  const { encoding } = detected
  const text = new TextDecoder(encoding).decode(Buffer.concat(sample))
  const separator = detectSeparator(text)
  const { prices, codes } = await sampleCells(sample, { encoding, separator })
  return {
    ok: true,
    format: {
      encoding,
      separator,
      word: wordBeyondAscii(text),
      ...detectNotation(prices, { separator, locale }),
      hasTextMarks: codes.some((code) => code.startsWith("'")),
    },
  }
}

/** The one that splits the header into the most known columns; then the one that splits it most. */
function detectSeparator(text: string): Separator {
  const named = /^sep=([,;\t])\r?\n/i.exec(text)?.[1]
  if (named) return named as Separator
  const header = /^(?:[\r\n]*)((?:"[^"]*"|[^"\r\n])*)/.exec(text.slice(0, 64 * 1024))?.[1] ?? ''
  const unquoted = header.replace(/"([^"]*)"/g, (_, text: string) => text.replace(/[,;\t]/g, ' '))
  const rated = ([',', ';', '\t'] as const).map((separator) => {
    const cells = unquoted.split(separator)
    return { separator, known: countKnownHeaders(cells), count: cells.length }
  })
  return rated.reduce((best, each) =>
    each.known > best.known || (each.known === best.known && each.count > best.count) ? each : best,
  ).separator
}

/** The first word with a letter beyond ASCII, for staff to see that it was read correctly. */
function wordBeyondAscii(text: string): string {
  const at = text.search(/[^\p{ASCII}\P{L}]/u)
  if (at === -1) return ''
  const before = /\p{L}*$/u.exec(text.slice(Math.max(0, at - 12), at))![0]
  return before + /^\p{L}*/u.exec(text.slice(at, at + 12).toWellFormed())![0]
}

/** Prices, SKUs and barcodes of the beginning, which may end within a row. */
async function sampleCells(sample: Uint8Array[], format: TextFormat) {
  const prices: string[] = []
  const codes: string[] = []
  const rows = readRows(toStream(sample), { bytes: 0 }, format)
  let columns: Columns | undefined
  for await (const answer of rows) {
    if (!answer.ok) break
    if (!columns) {
      const header = readHeader(answer.row.cells)
      if (!header.ok) break
      columns = header.columns
      continue
    }
    const { cells } = answer.row
    const known = columns
    const cell = (field: Field) => getCell(known, cells, field)?.trim() ?? ''
    prices.push(...[cell('price'), cell('compareAtPrice'), cell('cost')].filter((price) => price !== ''))
    codes.push(cell('sku'), cell('barcode'))
  }
  return { prices, codes }
}

async function* toStream(chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
}
