/** Translates cells of a WooCommerce export to the fields of a Shopify export. */
import { toGrams, type WeightUnit } from '#app/domain/weight.ts'
import { cleanText } from './clean-text.ts'
import { type Columns, type Field, headerKey } from './csv-format.ts'
import { toPlainNumber, type NumberNotation } from './number-notation.ts'
import type { Row } from './product-rows.ts'

export type CellsByField = Partial<Record<Field, string>> & { extra?: string[] }

/** The fields that a file can fill, each with the column that a message names. */
const sources: [Field, string[]][] = [
  ['title', ['name']],
  ['description', ['description', 'short description']],
  ['vendor', ['brands']],
  ['type', ['categories']],
  ['tags', ['tags', 'categories']],
  ['published', ['published']],
  ['status', ['published']],
  ['option1Name', ['attribute 1 name', 'type']],
  ['option1Value', ['attribute 1 value(s)', 'type']],
  ['option2Name', ['attribute 2 name', 'type']],
  ['option2Value', ['attribute 2 value(s)', 'type']],
  ['option3Name', ['attribute 3 name', 'type']],
  ['option3Value', ['attribute 3 value(s)', 'type']],
  ['sku', ['sku']],
  ['barcode', ['gtin, upc, ean, or isbn']],
  ['price', ['regular price']],
  ['compareAtPrice', ['sale price']],
  ['grams', ['weight (kg)', 'weight (g)', 'weight (lbs)', 'weight (oz)']],
  ['weightUnit', ['weight (kg)', 'weight (g)', 'weight (lbs)', 'weight (oz)']],
  ['tracker', ['stock', 'in stock?']],
  ['quantity', ['stock', 'in stock?']],
  ['policy', ['backorders allowed?']],
  ['requiresShipping', ['type']],
  ['taxable', ['tax status']],
  ['imageUrl', ['images']],
  ['variantImage', ['images']],
]
const otherColumns = [
  ...[
    'id',
    'is featured?',
    'visibility in catalog',
    'date sale price starts',
    'date sale price ends',
    'parent',
  ],
  ...['position', 'sold individually?', 'allow customer reviews?', 'low stock amount'],
]
const weightUnits: Record<string, WeightUnit> = { kg: 'kg', g: 'g', lbs: 'lb', oz: 'oz' }
const attributeHeader = /^attribute (\d+) (name|value\(s\)|visible|global|default)$/

export type WooColumns = ReturnType<typeof createWooColumns>

export function createWooColumns(file: Columns) {
  const keys = file.headers.map(headerKey)
  const position = new Map(keys.map((key, index) => [key, index]))
  const fields = sources.filter(([, names]) => names.some((name) => position.has(name)))
  const headerOf = (names: string[]) =>
    file.headers[position.get(names.find((name) => position.has(name))!)!]!
  const used = new Set([...sources.flatMap(([, names]) => names), ...otherColumns])
  const extra = keys.flatMap((key, index) =>
    key !== '' && (!used.has(key) || attributeHeader.test(key)) ? [index] : [],
  )
  const attributeNumbers = [...new Set(keys.flatMap((key) => attributeHeader.exec(key)?.[1] ?? []))]
  const columns: Columns = {
    dialect: 'woocommerce',
    headers: [...fields.map(([, names]) => headerOf(names)), ...extra.map((index) => file.headers[index]!)],
    index: Object.fromEntries(fields.map(([field], index) => [field, index])),
    unknown: extra.map((at, index) => ({
      ...{ header: file.headers[at]!, index: fields.length + index, ofVariant: false },
    })),
  }
  const cell = (row: Row, header: string) => {
    const index = position.get(header.toLowerCase())
    return index === undefined ? '' : cleanText(row.cells[index] ?? '')
  }
  return {
    columns,
    width: file.headers.length,
    cell,
    weightUnit: Object.keys(weightUnits).find((unit) => position.has(`weight (${unit})`)) ?? 'kg',
    extraKeys: extra.map((index) => keys[index]!),

    attributes: (row: Row) =>
      attributeNumbers.flatMap((number) => {
        const name = cell(row, `attribute ${number} name`)
        return name === ''
          ? []
          : [{ number, name, values: splitList(cell(row, `attribute ${number} value(s)`)) }]
      }),

    images: (row: Row) =>
      cell(row, 'images')
        .split(/\s*,\s*(?=https?:)/i)
        .filter((url) => url !== ''),

    /** A row in the layout of `columns`. */
    toRow: ({ line }: Row, { extra: more = [], ...cells }: CellsByField): Row => {
      const all = [...fields.map(([field]) => cells[field] ?? ''), ...more]
      return { line, cells: all, size: all.reduce((sum, text) => sum + text.length, 0) }
    },
  }
}

/** The fields of the product itself. `options`: names of attributes that became options, in lower case. */
export function productCells(woo: WooColumns, row: Row, options: Set<string>): CellsByField {
  const cell = (header: string) => woo.cell(row, header)
  const categories = splitList(cell('categories')).map((path) => path.split(/\s*>\s*/))
  const named = categories.filter(([first]) => first!.toLowerCase() !== 'uncategorized')
  const published = cell('published')
  const isOption = new Set(
    woo.attributes(row).flatMap(({ number, name }) => (options.has(name.toLowerCase()) ? [number] : [])),
  )
  return {
    title: cell('name'),
    description: [cell('short description'), cell('description')].map(toHtml).filter(Boolean).join('\n'),
    vendor: splitList(cell('brands'))[0] ?? '',
    type: named[0]?.at(-1) ?? '',
    tags: [...new Set([...splitList(cell('tags')), ...named.flat()])].join(','),
    published: published === '-1' ? 'true' : published,
    status: published === '-1' ? 'draft' : cell('visibility in catalog') === 'hidden' ? 'unlisted' : 'active',
    extra: woo.extraKeys.map((key) => {
      const number = attributeHeader.exec(key)?.[1]
      return number !== undefined && isOption.has(number) ? '' : cell(key)
    }),
  }
}

type VariantContext = {
  notation: NumberNotation
  now: Date
  parent: Row
  warn: (row: Row, column: string, message: string) => void
}

/** The fields of a variation, or of the only variant. Where it has no own value, WooCommerce uses its product's. */
export function variantCells(woo: WooColumns, row: Row, context: VariantContext): CellsByField {
  const own = (header: string) => woo.cell(row, header)
  const inherited = (header: string) => own(header) || woo.cell(context.parent, header)
  const kinds = own('type').toLowerCase()
  const taxStatus = own('tax status').replace('parent', '') || woo.cell(context.parent, 'tax status')
  const unit = weightUnits[woo.weightUnit]!
  const weight = toPlainNumber(inherited(`weight (${woo.weightUnit})`), context.notation)
  return {
    sku: own('sku'),
    barcode: own('gtin, upc, ean, or isbn'),
    ...priceCells(woo, row, context),
    grams: weight.ok ? String(toGrams(Number(weight.plain), unit)) : inherited(`weight (${woo.weightUnit})`),
    weightUnit: unit,
    ...stockCells(woo, row, context),
    policy: /^(1|notify|yes)$/i.test(own('backorders allowed?')) ? 'continue' : 'deny',
    requiresShipping: /virtual/.test(kinds) ? 'false' : 'true',
    taxable: taxStatus === 'none' || taxStatus === 'shipping' ? 'false' : 'true',
    variantImage: row === context.parent ? '' : (woo.images(row)[0] ?? ''),
  }
}

function priceCells(woo: WooColumns, row: Row, { now, warn }: VariantContext): CellsByField {
  const [regular, sale] = [woo.cell(row, 'regular price'), woo.cell(row, 'sale price')]
  const at = (header: string) => Date.parse(woo.cell(row, header))
  const isOver = at('date sale price ends') < now.getTime()
  if (sale === '' || isOver || at('date sale price starts') > now.getTime())
    return { price: regular, compareAtPrice: '' }
  if (at('date sale price ends') >= now.getTime())
    warn(row, 'Date sale price ends', 'The sale price is imported without its end. Change it on that day.')
  return { price: sale, compareAtPrice: regular }
}

function stockCells(woo: WooColumns, row: Row, { warn }: VariantContext): CellsByField {
  const stock = woo.cell(row, 'stock')
  if (stock.toLowerCase() === 'parent') {
    warn(row, 'Stock', 'In WooCommerce the variations share one stock. Set the stock of each variant.')
    return { tracker: 'shopify', quantity: '' }
  }
  if (stock !== '') return { tracker: 'shopify', quantity: stock }
  const isSoldOut = /^(0|no|outofstock)$/i.test(woo.cell(row, 'in stock?'))
  return isSoldOut ? { tracker: 'shopify', quantity: '0' } : { tracker: '', quantity: '' }
}

/** A comma within a name has a backslash in front. */
function splitList(text: string): string[] {
  return text
    .split(/(?<!\\),/)
    .map((item) => item.replaceAll('\\,', ',').trim())
    .filter((item) => item !== '')
}

/** WooCommerce stores plain text and makes paragraphs of it when it is shown; exports write line breaks as "\n". */
function toHtml(text: string): string {
  const lines = text.replaceAll(/\\r\\n|\\n|\r\n/g, '\n').trim()
  if (lines === '' || /<(p|br|ul|ol|div|h[1-6]|table)\b/i.test(lines)) return lines
  return lines
    .split(/\n\s*\n/)
    .map((paragraph) => `<p>${paragraph.trim().replaceAll('\n', '<br>')}</p>`)
    .join('\n')
}
