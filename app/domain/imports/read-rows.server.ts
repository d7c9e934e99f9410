import { pipeline, Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { encodingLabels, standardFormat, type Encoding, type TextFormat } from './file-format.ts'
import type { Row } from './product-rows.ts'

export type RowAnswer = { ok: true; row: Row } | { ok: false; message: string }
export type Progress = { bytes: number }

/** Longer rows do not occur in real files; an unclosed quotation mark makes one. */
const maxRecordSize = 4 * 1024 * 1024

/**
 * Streams the rows of a CSV file, the header first, holding only one of them in memory. An unreadable file ends with an
 * error message. `progress.bytes` counts the bytes read from the file.
 */
export async function* readRows(
  chunks: AsyncIterable<Uint8Array>,
  progress: Progress = { bytes: 0 },
  { encoding, separator }: TextFormat = standardFormat,
): AsyncGenerator<RowAnswer> {
  const state: FileState = { endsWithNewline: true, refusal: null }
  // csv-parse counts a CRLF inside quotes as two lines, so lines are counted here, as rows are split.
  const position = { line: 0, emptyLines: 0, bytes: 0 }
  const toRow = (cells: string[], info: { bytes: number; empty_lines: number }): Row => {
    const line = position.line + 1 + info.empty_lines - position.emptyLines
    const size = info.bytes - position.bytes
    position.line = line + cells.reduce((sum, cell) => sum + newlinesIn(cell), 0)
    position.emptyLines = info.empty_lines
    position.bytes = info.bytes
    return { line, cells, size }
  }
  const parser = parse({
    bom: true,
    delimiter: separator,
    relax_column_count: true,
    skip_empty_lines: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: maxRecordSize,
    // Its types do not allow a record to become something else.
    on_record: toRow as never,
  })
  pipeline(Readable.from(checkedText(chunks, { encoding, state, progress })), parser, () => {})
  let width = 0
  let last: Row | undefined
  try {
    for await (const row of parser as AsyncIterable<Row>) {
      // Some programs name the separator in front of the header, for Excel.
      if (!last && /^sep=/i.test(row.cells[0]!) && row.cells.slice(1).every((cell) => cell === '')) continue
      last = row
      width ||= row.cells.length
      yield { ok: true, row }
    }
  } catch (error) {
    const message =
      state.refusal ?? (error instanceof CsvError ? csvRefusal(error.code, position.line + 1) : null)
    if (message === null) throw error
    yield { ok: false, message }
    return
  }
  if (!last) yield { ok: false, message: 'The file is empty.' }
  else if (last.cells.length < width && !state.endsWithNewline)
    yield {
      ok: false,
      message: `The file is cut off: its last line (${last.line}) has ${last.cells.length} of ${width} cells. Download or export it again.`,
    }
}

type FileState = { endsWithNewline: boolean; refusal: string | null }

/** The text as UTF-8, while the bytes are valid in the file's encoding. */
async function* checkedText(
  chunks: AsyncIterable<Uint8Array>,
  { encoding, state, progress }: { encoding: Encoding; state: FileState; progress: Progress },
) {
  const isUtf8 = encoding === 'utf-8'
  const decoder = new TextDecoder(encoding, { fatal: true })
  let newlines = 0
  const refuse = (message: string): never => {
    state.refusal = message
    throw new Error(message)
  }
  for await (const chunk of chunks) {
    if (chunk.length === 0) continue
    if (progress.bytes === 0) {
      const kind = detectFileKind(chunk)
      if (kind) refuse(kind)
    }
    let text = ''
    try {
      text = decoder.decode(chunk, { stream: true })
    } catch {
      refuse(encodingMessage(encoding, newlines + 1, newlines + 1 + countNewlines(chunk)))
    }
    newlines += countNewlines(chunk)
    progress.bytes += chunk.length
    if (text !== '') state.endsWithNewline = text.endsWith('\n') || text.endsWith('\r')
    // The parser works on bytes, so UTF-8 needs no conversion.
    yield isUtf8 ? chunk : Buffer.from(text)
  }
  try {
    decoder.decode()
  } catch {
    refuse('The file is cut off in the middle of a character. Download or export it again.')
  }
}

/** Other file types that are uploaded by mistake, detected by their first bytes. */
export function detectFileKind(chunk: Uint8Array): string | null {
  const starts = (...bytes: number[]) => bytes.every((byte, index) => chunk[index] === byte)
  // UTF-16 contains zero bytes.
  if (starts(0xff, 0xfe) || starts(0xfe, 0xff)) return null
  if (starts(0x50, 0x4b))
    return 'This is a spreadsheet or a ZIP file. Save the sheet as “CSV UTF-8 (comma delimited)”.'
  if (starts(0xd0, 0xcf, 0x11, 0xe0))
    return 'This is an old Excel file. Save it as “CSV UTF-8 (comma delimited)”.'
  if (starts(0x1f, 0x8b)) return 'The file is compressed. Extract it and upload the CSV file inside.'
  if (starts(0x25, 0x50, 0x44, 0x46)) return 'This is a PDF, not a CSV file.'
  if (chunk.subarray(0, 4096).includes(0)) return 'This is not a text file, so it can’t be a CSV file.'
  return null
}

function encodingMessage(encoding: Encoding, from: number, to: number): string {
  const where = from === to ? `in line ${from}` : `between line ${from} and line ${to}`
  return `The file is not in ${encodingLabels[encoding]}: characters in another encoding ${where}. Save it as “CSV UTF-8 (comma delimited)” and upload it again.`
}

function csvRefusal(code: string, line: number): string | null {
  if (code === 'CSV_QUOTE_NOT_CLOSED')
    return `The value that starts in line ${line} has a quotation mark that is never closed. The file is cut off, or a quotation mark is missing.`
  if (code === 'CSV_MAX_RECORD_SIZE')
    return `The row in line ${line} is larger than 4 MB. A quotation mark is probably missing there.`
  if (code === 'CSV_INVALID_CLOSING_QUOTE' || code === 'INVALID_OPENING_QUOTE')
    return `The quotation marks in the row at line ${line} do not match. Inside a quoted value, each quotation mark must be doubled ("").`
  return null
}

function newlinesIn(cell: string): number {
  if (!cell.includes('\n') && !cell.includes('\r')) return 0
  return cell.match(/\r\n|\n|\r/g)!.length
}

function countNewlines(chunk: Uint8Array): number {
  let count = 0
  for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) count++
  return count
}
