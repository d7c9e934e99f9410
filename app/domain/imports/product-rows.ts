/** Groups the rows of a product CSV by handle: rows of one product are adjacent. */
import { toHandle, isHandle, maxHandleLength } from '#app/domain/products/handle.ts'
import { getCell, getHeader, type Columns } from './csv-format.ts'
import { cleanText } from './clean-text.ts'
import { errorAt, type ImportIssue } from './issue.ts'
import { HandleSet } from './handle-set.ts'

export type Row = { line: number; cells: string[]; size: number }

export type RowGroup = {
  handle: string
  line: number
  rows: Row[]
  /** Characters in all rows, for batching. */
  size: number
  issues: ImportIssue[]
  /** The handle occurred before: its earlier rows must not be applied either. */
  repeated: boolean
}

/** 2,048 variants and 250 images fit several times over; more rows are not one product. */
const maxRows = 10_000
const maxSize = 16 * 1024 * 1024

/** Collects rows until the products that they belong to are complete. */
export type RowGrouper = {
  /** The columns of the groups' rows. */
  readonly columns: Columns
  /** Adds the next row; returns the products that it completes. */
  push(row: Row): RowGroup[]
  /** The products that the end of the file completes. */
  end(): RowGroup[]
}

export class ProductRows implements RowGrouper {
  #columns: Columns
  #seen = new HandleSet()
  #current: RowGroup | null = null

  constructor(columns: Columns) {
    this.#columns = columns
  }

  get columns(): Columns {
    return this.#columns
  }

  push(row: Row): RowGroup[] {
    const handle = this.#handleOf(row)
    if (handle === '') return this.#strayRow(row)
    if (this.#current?.handle === handle) {
      this.#add(this.#current, row)
      return []
    }
    const finished = this.end()
    this.#current = this.#start(handle, row)
    return finished
  }

  end(): RowGroup[] {
    const finished = this.#current
    this.#current = null
    return finished ? [finished] : []
  }

  /** As in the file; generated from the title, or from itself where it is not a valid handle. */
  #handleOf(row: Row): string {
    const handle = cleanText(getCell(this.#columns, row.cells, 'handle') ?? '').toLowerCase()
    if (isHandle(handle) || handle.length > maxHandleLength) return handle
    return toHandle(handle || cleanText(getCell(this.#columns, row.cells, 'title') ?? ''))
  }

  #start(handle: string, row: Row): RowGroup {
    const group: RowGroup = { handle, line: row.line, rows: [], size: 0, issues: [], repeated: false }
    if (handle.length > maxHandleLength) {
      const column = getHeader(this.#columns, 'handle')
      group.issues.push(errorAt(row.line, column, 'The handle is longer than 255 characters.'))
    } else if (this.#seen.add(handle)) {
      group.repeated = true
      group.issues.push(
        errorAt(
          row.line,
          getHeader(this.#columns, 'handle'),
          `“${handle}” appears again here, after other products. Keep all rows of a product together.`,
        ),
      )
    }
    this.#add(group, row)
    return group
  }

  #add(group: RowGroup, row: Row): void {
    group.size += row.size
    if (row.cells.length > this.#columns.headers.length) {
      group.issues.push(
        errorAt(
          row.line,
          '',
          `This row has ${row.cells.length} cells but the header has ${this.#columns.headers.length}. A value that contains the separator is probably missing its quotation marks.`,
        ),
      )
    }
    if (group.rows.length < maxRows && group.size <= maxSize) {
      group.rows.push(row)
      return
    }
    const message = 'This product has too many rows or too much text.'
    if (!group.issues.some((issue) => issue.message === message)) {
      group.issues.push(errorAt(row.line, '', message))
    }
  }

  /** A row without a handle may belong to the product above, which would then be incomplete: reject that too. */
  #strayRow(row: Row): RowGroup[] {
    if (row.cells.every((cell) => cell.trim() === '')) return []
    const issue = errorAt(
      row.line,
      getHeader(this.#columns, 'handle'),
      'This row has no handle, so it can’t be matched to a product. The product above it is skipped as well.',
    )
    if (this.#current) {
      this.#current.issues.push(issue)
      return []
    }
    return [{ handle: '', line: row.line, rows: [], size: 0, issues: [issue], repeated: false }]
  }
}
