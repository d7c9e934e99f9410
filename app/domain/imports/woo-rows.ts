/** Collects the products of a WooCommerce export and gives them the columns of a Shopify export. */
import { toHandle } from '#app/domain/products/handle.ts'
import { cleanText } from './clean-text.ts'
import type { Columns } from './csv-format.ts'
import { HandleSet } from './handle-set.ts'
import { errorAt, warningAt, type ImportIssue } from './issue.ts'
import type { NumberNotation } from './number-notation.ts'
import type { Row, RowGroup, RowGrouper } from './product-rows.ts'
import {
  createWooColumns,
  productCells,
  variantCells,
  type CellsByField,
  type WooColumns,
} from './woo-columns.ts'
import { type Option, expandVariations, optionsOf } from './woo-variations.ts'

type Context = { notation: NumberNotation; now: Date }

/** Variations may be anywhere in the file, so variable products wait for its end, in memory. */
const maxHeldSize = 32 * 1024 * 1024

export class WooRows implements RowGrouper {
  #woo: WooColumns
  #context: Context
  #handles = new HandleSet()
  #heldSize = 0
  #variable: Row[] = []
  #variations: Row[] = []

  constructor(file: Columns, context: Context) {
    this.#woo = createWooColumns(file)
    this.#context = context
  }

  get columns(): Columns {
    return this.#woo.columns
  }

  push(row: Row): RowGroup[] {
    const [kind] = this.#woo.cell(row, 'type').toLowerCase().split(',')
    if (row.cells.every((cell) => cell.trim() === '')) return []
    if (row.cells.length > this.#woo.width)
      return [
        this.#rejected(
          row,
          '',
          `This row has ${row.cells.length} cells but the header has ${this.#woo.width}.`,
        ),
      ]
    if (kind === 'simple') return [this.#product(row, [])]
    if (kind !== 'variable' && kind !== 'variation')
      return [this.#rejected(row, 'Type', `Products of the type “${kind}” are not supported.`)]
    this.#heldSize += row.size
    if (this.#heldSize > maxHeldSize)
      return [this.#rejected(row, '', 'The file has too many variations. Split it into several files.')]
    const held = kind === 'variable' ? this.#variable : this.#variations
    held.push(row)
    return []
  }

  end(): RowGroup[] {
    const parents = new Map<string, Row>()
    for (const row of this.#variable) {
      for (const name of [this.#woo.cell(row, 'sku'), `id:${this.#woo.cell(row, 'id')}`])
        if (name !== '' && name !== 'id:') parents.set(name, row)
    }
    const variationsOf = Map.groupBy(this.#variations, (row) => parents.get(this.#woo.cell(row, 'parent')))
    const lost = (variationsOf.get(undefined) ?? []).map((row) =>
      this.#rejected(row, 'Parent', 'The product of this variation is not in the file.'),
    )
    return [...this.#variable.map((row) => this.#product(row, variationsOf.get(row) ?? [])), ...lost]
  }

  #product(row: Row, variations: Row[]): RowGroup {
    const woo = this.#woo
    const issues: ImportIssue[] = []
    const warn = (at: Row, column: string, message: string) =>
      issues.push(warningAt(at.line, column, message, woo.cell(at, column)))
    const sold = variations.filter((each) => !isHidden(woo.cell(each, 'published')))
    for (const each of variations)
      if (!sold.includes(each)) warn(each, 'Published', 'This variation is not published, so it is left out.')
    const options = optionsOf(woo, row, sold)
    if (options.length > 3)
      issues.push(errorAt(row.line, 'Attribute 4 name', 'A product can have at most three options.'))
    const used = options.slice(0, 3)
    const product = productCells(woo, row, new Set(used.map(({ name }) => name.toLowerCase())))
    const variants = expandVariations(woo, used, sold).map(({ row: at, values }): [Row, CellsByField] => {
      const cells = variantCells(woo, at, { ...this.#context, parent: row, warn })
      return [at, { ...cells, ...valueCells(values) }]
    })
    const [first, ...others] = variants.length > 0 ? variants : [this.#plain(row, warn)]
    const [image, ...images] = woo.images(row)
    const rows = [
      woo.toRow(first![0], { ...product, ...nameCells(used), ...first![1], imageUrl: image ?? '' }),
      ...others.map(([at, cells]) => woo.toRow(at, cells)),
      ...images.map((imageUrl) => woo.toRow(row, { imageUrl })),
    ]
    const size = rows.reduce((sum, each) => sum + each.size, 0)
    return { handle: this.#handleOf(row), line: row.line, rows, size, issues, repeated: false }
  }

  #plain(row: Row, warn: (at: Row, column: string, message: string) => void): [Row, CellsByField] {
    const cells = variantCells(this.#woo, row, { ...this.#context, parent: row, warn })
    return [row, { ...cells, option1Name: 'Title', option1Value: 'Default Title' }]
  }

  /** From the name, as WooCommerce does it; products of the same name get their SKU or id as well. */
  #handleOf(row: Row): string {
    const name = this.#woo.cell(row, 'name')
    const handle = toHandle(cleanText(name))
    if (handle !== '' && !this.#handles.add(handle)) return handle
    const more = this.#woo.cell(row, 'sku') || this.#woo.cell(row, 'id') || String(row.line)
    const longer = toHandle(cleanText(`${name} ${more}`))
    this.#handles.add(longer)
    return longer
  }

  #rejected(row: Row, column: string, message: string): RowGroup {
    const issues = [errorAt(row.line, column, message, this.#woo.cell(row, column))]
    const handle = toHandle(cleanText(this.#woo.cell(row, 'name')))
    return { handle, line: row.line, rows: [], size: row.size, issues, repeated: false }
  }
}

function isHidden(published: string): boolean {
  return published === '0' || published === '-1'
}

function nameCells(options: Option[]): CellsByField {
  const [option1Name = '', option2Name = '', option3Name = ''] = options.map(({ name }) => name)
  return { option1Name, option2Name, option3Name }
}

function valueCells(values: string[]): CellsByField {
  const [option1Value = '', option2Value = '', option3Value = ''] = values
  return { option1Value, option2Value, option3Value }
}
