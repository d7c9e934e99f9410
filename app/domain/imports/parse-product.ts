/** The rows of one product, read into what they say, or into the reasons why they cannot be read. */
import type { ImportedImage, ImportedProduct, ImportedVariant } from './imported-product.ts'
import { cleanText } from './clean-text.ts'
import { cellOf, headerOf, type Columns, type Field } from './dialect.ts'
import { cellReader } from './parse-cells.ts'
import { errorAt, warningAt, type Problem } from './problem.ts'
import type { Row, RowGroup } from './product-rows.ts'

export type ParseOptions = { currency: string; sanitize: (html: string) => string }
export type ParsedProduct = { product: ImportedProduct | null; problems: Problem[] }

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
/** What a row must say to be meant as a variant although it names no option value. */
const tellingFields = ['sku', 'barcode', 'price'] as const

export function parseProduct(group: RowGroup, columns: Columns, options: ParseOptions): ParsedProduct {
  const problems = [...group.problems]
  const first = group.rows[0]
  if (!first || problems.length > 0) return { product: null, problems }

  const read = cellReader(columns, first, problems)
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
    ...parseVariants(group, columns, options, problems),
    images: parseImages(group, columns, problems),
  }
  if (product.title === '')
    problems.push(errorAt(first.line, headerOf(columns, 'title'), 'The title is empty.'))
  if (isGiftCard(columns, first)) {
    product.status = 'draft'
    problems.push(
      warningAt(first.line, 'Gift Card', 'Gift cards cannot be sold yet; the product is kept as a draft.'),
    )
  }
  const rejected = problems.some((problem) => problem.severity === 'error')
  return { product: rejected ? null : product, problems }
}

function parseVariants(
  group: RowGroup,
  columns: Columns,
  options: ParseOptions,
  problems: Problem[],
): Pick<ImportedProduct, 'optionNames' | 'variants'> {
  if (!variantFields.some((field) => columns.index[field] !== undefined)) return {}
  const [first, ...later] = group.rows as [Row, ...Row[]]
  const rows = [first, ...later.filter((row) => carriesVariant(columns, row, problems))]
  if (rows.length > maxVariants) {
    problems.push(
      errorAt(
        rows[maxVariants]!.line,
        '',
        `A product can have at most ${maxVariants} variants; this has more.`,
      ),
    )
    return {}
  }
  const slots = readOptionNames(columns, rows, problems)
  const optionNames = slots?.filter((name) => name !== '')
  const isPlain = optionNames?.length === 0
  if (isPlain && rows.length > 1) {
    problems.push(
      errorAt(
        rows[1]!.line,
        headerOf(columns, 'option1Value'),
        'A product without options can have one variant only.',
      ),
    )
  }
  const linesByValues = new Map<string, number>()
  const variants = rows.map((row) => {
    const optionValues = slots && readOptionValues(columns, row, slots, problems)
    const key = JSON.stringify(optionValues ?? [])
    const sameLine = linesByValues.get(key)
    if (sameLine !== undefined && !isPlain) {
      const message = `This variant has the same options as the one in line ${sameLine}.`
      problems.push(errorAt(row.line, headerOf(columns, 'option1Value'), message))
    }
    linesByValues.set(key, row.line)
    return parseVariant(row, columns, options, { optionValues, isFirst: row === first }, problems)
  })
  return { optionNames, variants }
}

function parseVariant(
  row: Row,
  columns: Columns,
  { currency }: ParseOptions,
  { optionValues, isFirst }: { optionValues: string[] | undefined; isFirst: boolean },
  problems: Problem[],
): ImportedVariant {
  const read = cellReader(columns, row, problems)
  const tracker = read.raw('tracker')
  const price = read.amount('price', currency)
  if (price === null) read.warn('price', 'There is no price, so this variant cannot be bought yet.')
  return {
    line: row.line,
    optionValues,
    sku: read.text('sku', 255),
    barcode: read.text('barcode', 255)?.replace(/^'/, ''),
    price,
    compareAtPrice: read.amount('compareAtPrice', currency),
    cost: read.amount('cost', currency),
    weightGrams: read.grams('grams'),
    weightUnit: read.weightUnit('weightUnit'),
    trackStock: tracker === undefined ? undefined : tracker !== '',
    sellWhenOut: read.sellWhenOut('policy'),
    stock: read.stock('quantity'),
    requiresShipping: read.flag('requiresShipping', true),
    taxable: read.flag('taxable', true),
    imageUrl: read.url('variantImage'),
    extra: isFirst
      ? extraOf(columns, row, true)
      : [...extraOf(columns, row, true), ...filledExtraOf(columns, row)],
  }
}

function carriesVariant(columns: Columns, row: Row, problems: Problem[]): boolean {
  const filled = (field: Field) => cellOf(columns, row.cells, field)?.trim() ?? ''
  if (optionFields.some(([, value]) => filled(value) !== '')) return true
  const telling = tellingFields.find((field) => filled(field) !== '')
  if (!telling) return false
  const message =
    'This row has the data of a variant but no option value, so it is unclear which variant it is.'
  problems.push(errorAt(row.line, headerOf(columns, telling), message))
  return false
}

/**
 * One name per option column, '' where the column is not in use. Names stand on the first row only;
 * "Title" with "Default Title" means that there are no options.
 */
function readOptionNames(columns: Columns, rows: Row[], problems: Problem[]): string[] | undefined {
  if (!optionFields.some(([, value]) => columns.index[value] !== undefined)) return undefined
  const first = rows[0]!
  const fourth = columns.unknown.find(({ header }) => /^option4 (name|value)$/i.test(header))
  if (fourth && rows.some((row) => row.cells[fourth.index]?.trim())) {
    problems.push(errorAt(first.line, fourth.header, 'A product can have at most three options.'))
  }
  const read = cellReader(columns, first, problems)
  const names = optionFields.map(([nameField, valueField]) => {
    const name = read.text(nameField, 255) ?? ''
    const isUsed = rows.some((row) => cellOf(columns, row.cells, valueField)?.trim())
    if (isUsed && name === '') read.fail(nameField, 'There are option values but no name for the option.')
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

function readOptionValues(columns: Columns, row: Row, names: string[], problems: Problem[]): string[] {
  const read = cellReader(columns, row, problems)
  return names.flatMap((name, position) => {
    const field = optionFields[position]![1]
    if (name === '') return []
    const value = read.text(field, 255) ?? ''
    if (value === '') read.fail(field, `The value of the option “${name}” is empty.`)
    return [value]
  })
}

/** A picture on any row belongs to the product; the order is by position, then as they come. */
function parseImages(group: RowGroup, columns: Columns, problems: Problem[]): ImportedImage[] | undefined {
  if (columns.index.imageUrl === undefined) return undefined
  const images = new Map<string, ImportedImage & { position: number }>()
  for (const row of group.rows) {
    const read = cellReader(columns, row, problems)
    const url = read.url('imageUrl')
    if (!url || images.has(url)) continue
    const position = Number(read.raw('imagePosition') || NaN)
    const alt = read.raw('imageAlt')
    if (alt !== undefined && alt.length > 1000) {
      read.warn('imageAlt', 'The text is longer than 1,000 characters; only the beginning is kept.')
    }
    images.set(url, {
      url,
      alt: alt?.slice(0, 1000).toWellFormed(),
      position: position >= 1 ? position : images.size + 1,
    })
  }
  const sorted = [...images.values()].sort((a, b) => a.position - b.position)
  if (sorted.length > maxImages) {
    const message = `A product can have at most ${maxImages} pictures; the first ${maxImages} are kept.`
    problems.push(warningAt(group.line, headerOf(columns, 'imageUrl'), message))
  }
  return sorted.slice(0, maxImages).map(({ url, alt }) => ({ url, alt }))
}

function extraOf(columns: Columns, row: Row, ofVariant: boolean): [string, string][] {
  return columns.unknown
    .filter((column) => column.ofVariant === ofVariant)
    .map(({ header, index }) => [header, cleanText(row.cells[index] ?? '')])
}

/** A column of the product that says something on a variant's own row belongs to that variant. */
function filledExtraOf(columns: Columns, row: Row): [string, string][] {
  return extraOf(columns, row, false).filter(([, value]) => value !== '')
}

function isGiftCard(columns: Columns, row: Row): boolean {
  const column = columns.unknown.find(({ header }) => header.toLowerCase() === 'gift card')
  return column !== undefined && row.cells[column.index]?.trim().toLowerCase() === 'true'
}
