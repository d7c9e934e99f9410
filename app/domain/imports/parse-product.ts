/** Parses the rows of one product into its data, or into the issues that prevent it. */
import type { ImportedImage, ImportedProduct, ImportedVariant } from './imported-product.ts'
import { cleanText } from './clean-text.ts'
import { getCell, getHeader, type Columns, type Field } from './csv-format.ts'
import { cellReader, type NumberFormat } from './parse-cells.ts'
import { errorAt, warningAt, type ImportIssue } from './issue.ts'
import type { Row, RowGroup } from './product-rows.ts'

export type ParseOptions = { numbers: NumberFormat; sanitize: (html: string) => string }
export type ParsedProduct = { product: ImportedProduct | null; issues: ImportIssue[] }

/** Shopify's limit since 2025. */
const maxVariants = 2048
const maxImages = 250
const optionFields = [
  ['option1Name', 'option1Value'],
  ['option2Name', 'option2Value'],
  ['option3Name', 'option3Value'],
] as const
const variantFields = (
  'sku barcode price compareAtPrice cost grams tracker quantity policy requiresShipping taxable variantImage ' +
  'option1Value option2Value option3Value'
).split(' ') as Field[]
/** A row without option values is a variant only if it fills one of these. */
const identifyingFields = ['sku', 'barcode', 'price'] as const

export function parseProduct(group: RowGroup, columns: Columns, options: ParseOptions): ParsedProduct {
  const issues = [...group.issues]
  const first = group.rows[0]
  if (!first || issues.some(({ severity }) => severity === 'error')) return { product: null, issues }

  const read = cellReader(columns, first, issues)
  const description = read.text('description', 1_000_000)
  const product: ImportedProduct = {
    handle: group.handle,
    line: group.line,
    title: read.text('title', 255),
    description: description === undefined ? undefined : options.sanitize(description),
    vendor: read.text('vendor', 255),
    type: read.text('type', 255),
    tags: read.tags('tags'),
    category: read.text('category', 500),
    published: read.flag('published', true),
    status: read.status('status'),
    seoTitle: read.text('seoTitle', 500),
    seoDescription: read.text('seoDescription', 5000),
    extra: extraOf(columns, first, false),
    ...parseVariants(group, columns, options, issues),
    images: parseImages(group, columns, issues),
  }
  if (product.title === '')
    issues.push(errorAt(first.line, getHeader(columns, 'title'), 'The title is empty.'))
  if (isGiftCard(columns, first)) {
    product.status = 'draft'
    issues.push(
      warningAt(
        first.line,
        'Gift Card',
        'Gift cards are not supported yet; the product is saved as a draft.',
      ),
    )
  }
  const rejected = issues.some((issue) => issue.severity === 'error')
  return { product: rejected ? null : product, issues }
}

function parseVariants(
  group: RowGroup,
  columns: Columns,
  options: ParseOptions,
  issues: ImportIssue[],
): Pick<ImportedProduct, 'optionNames' | 'variants'> {
  if (!variantFields.some((field) => columns.index[field] !== undefined)) return {}
  const [first, ...later] = group.rows as [Row, ...Row[]]
  const rows = [first, ...later.filter((row) => isVariantRow(columns, row, issues))]
  if (rows.length > maxVariants) {
    issues.push(
      errorAt(
        rows[maxVariants]!.line,
        '',
        `A product can have at most ${maxVariants} variants; this has more.`,
      ),
    )
    return {}
  }
  const slots = readOptionNames(columns, rows, issues)
  const optionNames = slots?.filter((name) => name !== '')
  const isPlain = optionNames?.length === 0
  if (isPlain && rows.length > 1) {
    issues.push(
      errorAt(
        rows[1]!.line,
        getHeader(columns, 'option1Value'),
        'A product without options can have only one variant.',
      ),
    )
  }
  const linesByValues = new Map<string, number>()
  const variants = rows.map((row) => {
    const optionValues = slots && readOptionValues(columns, row, slots, issues)
    const key = JSON.stringify(optionValues ?? [])
    const sameLine = linesByValues.get(key)
    if (sameLine !== undefined && !isPlain) {
      const message = `This variant has the same options as the one in line ${sameLine}.`
      issues.push(errorAt(row.line, getHeader(columns, 'option1Value'), message))
    }
    linesByValues.set(key, row.line)
    return parseVariant(row, columns, options, { optionValues, isFirst: row === first }, issues)
  })
  return { optionNames, variants }
}

function parseVariant(
  row: Row,
  columns: Columns,
  { numbers }: ParseOptions,
  { optionValues, isFirst }: { optionValues: string[] | undefined; isFirst: boolean },
  issues: ImportIssue[],
): ImportedVariant {
  const read = cellReader(columns, row, issues)
  const tracker = read.raw('tracker')
  const price = read.amount('price', numbers)
  if (price === null) read.warn('price', 'There is no price, so this variant can’t be bought yet.')
  if (price === 0) read.warn('price', 'The price is 0, so this variant would be free.')
  const compareAtPrice = read.amount('compareAtPrice', numbers)
  if (price && compareAtPrice && compareAtPrice < price)
    read.warn('compareAtPrice', 'The compare-at price is lower than the price, so it is not shown.')
  return {
    line: row.line,
    optionValues,
    // An apostrophe in front marks a number as text in Excel.
    sku: read.text('sku', 255)?.replace(/^'/, ''),
    barcode: read.text('barcode', 255)?.replace(/^'/, ''),
    price,
    compareAtPrice,
    cost: read.amount('cost', numbers),
    weightGrams: read.grams('grams', numbers),
    weightUnit: read.weightUnit('weightUnit'),
    trackStock: tracker === undefined ? undefined : tracker !== '',
    allowBackorder: read.allowBackorder('policy'),
    stock: read.stock('quantity', numbers),
    requiresShipping: read.flag('requiresShipping', true),
    taxable: read.flag('taxable', true),
    imageUrl: read.url('variantImage'),
    extra: isFirst
      ? extraOf(columns, row, true)
      : [...extraOf(columns, row, true), ...filledExtraOf(columns, row)],
  }
}

function isVariantRow(columns: Columns, row: Row, issues: ImportIssue[]): boolean {
  const filled = (field: Field) => getCell(columns, row.cells, field)?.trim() ?? ''
  if (optionFields.some(([, value]) => filled(value) !== '')) return true
  const telling = identifyingFields.find((field) => filled(field) !== '')
  if (!telling) return false
  const message = 'This row has variant data but no option value.'
  issues.push(errorAt(row.line, getHeader(columns, telling), message))
  return false
}

/**
 * One name per option column, '' for an unused column. Names are on the first row only; "Title" with "Default Title"
 * means that there are no options.
 */
function readOptionNames(columns: Columns, rows: Row[], issues: ImportIssue[]): string[] | undefined {
  if (!optionFields.some(([, value]) => columns.index[value] !== undefined)) return undefined
  const first = rows[0]!
  const fourth = columns.unknown.find(({ header }) => /^option4 (name|value)$/i.test(header))
  if (fourth && rows.some((row) => row.cells[fourth.index]?.trim())) {
    issues.push(errorAt(first.line, fourth.header, 'A product can have at most three options.'))
  }
  const read = cellReader(columns, first, issues)
  const names = optionFields.map(([nameField, valueField]) => {
    const name = read.text(nameField, 255) ?? ''
    const isUsed = rows.some((row) => getCell(columns, row.cells, valueField)?.trim())
    if (isUsed && name === '') read.fail(nameField, 'This option has values but no name.')
    return name
  })
  const [name, ...rest] = names
  const value = read.raw('option1Value')?.toLowerCase() ?? ''
  const isPlain = name?.toLowerCase() === 'title' && (value === 'default title' || value === '')
  if (isPlain && rows.length === 1 && rest.every((other) => other === '')) return []
  const used = names.filter((each) => each !== '')
  if (new Set(used.map((each) => each.toLowerCase())).size < used.length) {
    read.fail('option1Name', 'Two options have the same name.')
  }
  return names
}

function readOptionValues(columns: Columns, row: Row, names: string[], issues: ImportIssue[]): string[] {
  const read = cellReader(columns, row, issues)
  return names.flatMap((name, position) => {
    const field = optionFields[position]![1]
    if (name === '') return []
    const value = read.text(field, 255) ?? ''
    if (value === '') read.fail(field, `The value of the option “${name}” is empty.`)
    return [value]
  })
}

/** An image on any row belongs to the product; ordered by position, then by row. */
function parseImages(group: RowGroup, columns: Columns, issues: ImportIssue[]): ImportedImage[] | undefined {
  if (columns.index.imageUrl === undefined) return undefined
  const images = new Map<string, ImportedImage & { position: number }>()
  for (const row of group.rows) {
    const read = cellReader(columns, row, issues)
    const url = read.url('imageUrl')
    if (!url || images.has(url)) continue
    const position = Number(read.raw('imagePosition') || NaN)
    const alt = read.raw('imageAlt')
    if (alt !== undefined && alt.length > 1000) {
      read.warn('imageAlt', 'The text is longer than 1,000 characters and is cut off.')
    }
    images.set(url, {
      url,
      alt: alt?.slice(0, 1000).toWellFormed(),
      position: position >= 1 ? position : images.size + 1,
    })
  }
  const sorted = [...images.values()].sort((a, b) => a.position - b.position)
  if (sorted.length > maxImages) {
    const message = `A product can have at most ${maxImages} images; the first ${maxImages} are used.`
    issues.push(warningAt(group.line, getHeader(columns, 'imageUrl'), message))
  }
  return sorted.slice(0, maxImages).map(({ url, alt }) => ({ url, alt }))
}

function extraOf(columns: Columns, row: Row, ofVariant: boolean): [string, string][] {
  return columns.unknown
    .filter((column) => column.ofVariant === ofVariant)
    .map(({ header, index }) => [header, cleanText(row.cells[index] ?? '')])
}

/** A product column that is filled on a variant's own row belongs to that variant. */
function filledExtraOf(columns: Columns, row: Row): [string, string][] {
  return extraOf(columns, row, false).filter(([, value]) => value !== '')
}

function isGiftCard(columns: Columns, row: Row): boolean {
  const column = columns.unknown.find(({ header }) => header.toLowerCase() === 'gift card')
  return column !== undefined && row.cells[column.index]?.trim().toLowerCase() === 'true'
}
