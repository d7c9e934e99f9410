/** Groups the rows of a product CSV by handle: rows of one product stand together. */
import { handleFrom, isHandle, maxHandleLength } from '#app/domain/catalog/handle.ts'
import { cellOf, headerOf, type Columns } from './dialect.ts'
import { cleanText } from './clean-text.ts'
import { errorAt, type Problem } from './problem.ts'
import { SeenHandles } from './seen-handles.ts'

export type Row = { line: number; cells: string[]; size: number }

export type RowGroup = {
  handle: string
  line: number
  rows: Row[]
  /** Characters in all rows, for batching. */
  size: number
  problems: Problem[]
  /** The handle was there before: its earlier rows must not be applied either. */
  repeated: boolean
}

/** 2,048 variants and 250 pictures fit several times over; what is more is not one product. */
const maxRows = 10_000
const maxSize = 16 * 1024 * 1024

export class ProductRows {
  #columns: Columns
  #seen = new SeenHandles()
  #current: RowGroup | null = null

  constructor(columns: Columns) {
    this.#columns = columns
  }

  /** Takes the next row; answers the product before it once that is complete. */
  push(row: Row): RowGroup | null {
    const handle = this.#handleOf(row)
    if (handle === '') return this.#strayRow(row)
    if (this.#current?.handle === handle) {
      this.#add(this.#current, row)
      return null
    }
    const finished = this.#current
    this.#current = this.#start(handle, row)
    return finished
  }

  end(): RowGroup | null {
    const finished = this.#current
    this.#current = null
    return finished
  }

  /** As the file has it; made from the title, or from itself where it cannot stand in an address. */
  #handleOf(row: Row): string {
    const handle = cleanText(cellOf(this.#columns, row.cells, 'handle') ?? '').toLowerCase()
    if (isHandle(handle) || handle.length > maxHandleLength) return handle
    return handleFrom(handle || cleanText(cellOf(this.#columns, row.cells, 'title') ?? ''))
  }

  #start(handle: string, row: Row): RowGroup {
    const group: RowGroup = { handle, line: row.line, rows: [], size: 0, problems: [], repeated: false }
    if (handle.length > maxHandleLength) {
      const column = headerOf(this.#columns, 'handle')
      group.problems.push(errorAt(row.line, column, 'The handle is longer than 255 characters.'))
    } else if (this.#seen.add(handle)) {
      group.repeated = true
      group.problems.push(
        errorAt(
          row.line,
          headerOf(this.#columns, 'handle'),
          `“${handle}” appears again here, after other products. Put all rows of a product one below the other.`,
        ),
      )
    }
    this.#add(group, row)
    return group
  }

  #add(group: RowGroup, row: Row): void {
    group.size += row.size
    if (row.cells.length > this.#columns.headers.length) {
      group.problems.push(
        errorAt(
          row.line,
          '',
          `This row has ${row.cells.length} cells but the header has ${this.#columns.headers.length}. A text with a comma probably lacks its quotation marks.`,
        ),
      )
    }
    if (group.rows.length < maxRows && group.size <= maxSize) {
      group.rows.push(row)
      return
    }
    const message = 'This product has more rows or text than one product can have.'
    if (!group.problems.some((problem) => problem.message === message)) {
      group.problems.push(errorAt(row.line, '', message))
    }
  }

  /** Without a handle it may belong to the product above, which then would be incomplete: reject that too. */
  #strayRow(row: Row): RowGroup | null {
    if (row.cells.every((cell) => cell.trim() === '')) return null
    const problem = errorAt(
      row.line,
      headerOf(this.#columns, 'handle'),
      'This row has no handle, so it is unclear which product it belongs to. The product above it is left out as well.',
    )
    if (this.#current) {
      this.#current.problems.push(problem)
      return null
    }
    return { handle: '', line: row.line, rows: [], size: 0, problems: [problem], repeated: false }
  }
}
