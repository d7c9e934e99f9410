/** Which column of a product CSV means what, in each of the supported formats, in any order and letter case. */

import { cleanText } from './clean-text.ts'

const fieldNames = {
  handle: ['handle', 'url handle'],
  title: ['title'],
  description: ['body (html)', 'description', 'body html', 'body'],
  vendor: ['vendor'],
  category: ['product category', 'standard product type', 'standardized product type'],
  type: ['type', 'custom product type'],
  tags: ['tags'],
  published: ['published', 'published on online store'],
  status: ['status'],
  option1Name: ['option1 name'],
  option1Value: ['option1 value'],
  option2Name: ['option2 name'],
  option2Value: ['option2 value'],
  option3Name: ['option3 name'],
  option3Value: ['option3 value'],
  sku: ['variant sku', 'sku'],
  barcode: ['variant barcode', 'barcode'],
  price: ['variant price', 'price'],
  compareAtPrice: ['variant compare at price', 'compare-at price', 'compare at price'],
  cost: ['cost per item'],
  grams: ['variant grams', 'weight value (grams)'],
  weightUnit: ['variant weight unit', 'weight unit for display'],
  tracker: ['variant inventory tracker', 'inventory tracker'],
  quantity: ['variant inventory qty', 'inventory quantity'],
  policy: ['variant inventory policy', 'continue selling when out of stock'],
  requiresShipping: ['variant requires shipping', 'requires shipping'],
  taxable: ['variant taxable', 'charge tax'],
  imageUrl: ['image src', 'product image url'],
  imagePosition: ['image position'],
  imageAlt: ['image alt text'],
  variantImage: ['variant image', 'variant image url'],
  seoTitle: ['seo title'],
  seoDescription: ['seo description'],
} as const satisfies Record<string, readonly string[]>

export type Field = keyof typeof fieldNames
export type CsvFormat = 'classic' | 'template' | 'woocommerce'

/** The columns of a WooCommerce export that mean the same as one of Shopify's. */
const wooNames: Partial<Record<Field, readonly string[]>> = {
  title: ['name'],
  price: ['regular price'],
  compareAtPrice: ['sale price'],
  sku: ['sku'],
  barcode: ['gtin, upc, ean, or isbn'],
}
const wooHeaders = ['type', 'sku', 'name', 'published', 'regular price', 'sale price', 'images', 'parent']

export type UnknownColumn = { header: string; index: number; ofVariant: boolean }

export type Columns = {
  dialect: CsvFormat
  headers: string[]
  index: Partial<Record<Field, number>>
  /** Stored with the product for a later export. */
  unknown: UnknownColumn[]
}

export type HeaderResult = { ok: true; columns: Columns } | { ok: false; message: string }

/** Real files have up to about 80 columns; market prices multiply them. */
const maxColumns = 1000

const templateOnly = ['url handle', 'published on online store', 'product image url', 'inventory quantity']
const variantHeader =
  /^(variant |unit price |price \/|compare[ -]at price \/|fulfillment service|tax code|option\d linked to)/

/** Reads the first row of a file; anything but a product CSV gets a message that says why. */
export function readHeader(cells: string[]): HeaderResult {
  const headers = cells.map(cleanText)
  const keys = headers.map(headerKey)
  const message = notProducts(headers, keys)
  if (message) return { ok: false, message }

  const isWoo = isWooCommerce(keys)
  const index: Partial<Record<Field, number>> = {}
  for (const [field, names] of Object.entries(isWoo ? wooNames : fieldNames) as [
    Field,
    readonly string[],
  ][]) {
    const name = names.find((candidate) => keys.includes(candidate))
    if (name === undefined) continue
    index[field] = keys.indexOf(name)
    if (keys.lastIndexOf(name) !== index[field]) {
      return {
        ok: false,
        message: `The column “${headers[index[field]]}” appears twice in the header. Remove one of them.`,
      }
    }
  }
  const taken = new Set(Object.values(index))
  const unknown = headers.flatMap((header, position): UnknownColumn[] => {
    const isFirst = keys.indexOf(keys[position]!) === position
    if (header === '' || taken.has(position) || !isFirst) return []
    return [{ header, index: position, ofVariant: isVariantHeader(header) }]
  })
  const isTemplate = templateOnly.some((name) => keys.includes(name))
  const dialect = isWoo ? 'woocommerce' : isTemplate ? 'template' : 'classic'
  return { ok: true, columns: { dialect, headers, index, unknown } }
}

/** A field's header as this file writes it, for messages. */
export function getHeader(columns: Columns, field: Field): string {
  const position = columns.index[field]
  return position === undefined ? '' : columns.headers[position]!
}

/** A field's cell; undefined when the file has no such column. */
export function getCell(columns: Columns, cells: string[], field: Field): string | undefined {
  const position = columns.index[field]
  return position === undefined ? undefined : (cells[position] ?? '')
}

/** Whether product data of its own belongs to this column, so that no other data can have the name. */
export function isKnownHeader(header: string): boolean {
  return knownHeaders.has(headerKey(header))
}

/** Whether an unknown column belongs to the variants. */
export function isVariantHeader(header: string): boolean {
  return variantHeader.test(headerKey(header))
}

const knownHeaders = new Set<string>([...Object.values(fieldNames).flat(), ...wooHeaders])

/** How many of these cells are names of columns. */
export function countKnownHeaders(cells: string[]): number {
  return cells.filter((cell) => knownHeaders.has(headerKey(cleanText(cell)))).length
}

/** Shopify's exports have no product type "simple" and no "Regular price". */
function isWooCommerce(keys: string[]): boolean {
  const has = (name: string) => keys.includes(name)
  return has('type') && has('name') && (has('regular price') || has('parent') || has('attribute 1 name'))
}

export function headerKey(header: string): string {
  return header.toLowerCase().replace(/\s+/g, ' ').trim()
}

function notProducts(headers: string[], keys: string[]): string | null {
  const has = (...names: string[]) => names.every((name) => keys.includes(name))
  if (keys.every((key) => key === '')) return 'The first row is empty. It must contain the column names.'
  if (keys.length > maxColumns) return `The file has more than ${maxColumns} columns.`
  if (headers.length === 1 && headers[0]!.includes('|'))
    return 'The columns are separated by vertical bars. Save the file with commas, semicolons or tabs.'
  if (has('financial status') || has('lineitem name'))
    return 'This looks like an order export. Export your products and upload that file.'
  if (has('redirect from')) return 'This looks like a URL redirect export, not products.'
  if (has('location') && keys.some((key) => /^(on hand|available)\b/.test(key)))
    return 'This looks like an inventory export: it has stock by location but no products. Upload the product export instead.'
  if (has('first name', 'email')) return 'This looks like a customer export, not products.'
  if (
    !isWooCommerce(keys) &&
    !keys.includes('handle') &&
    !keys.includes('url handle') &&
    !keys.includes('title')
  )
    return `The first row contains ${quoteSome(headers)}. A product file from Shopify has a column “Handle”, “URL handle” or “Title”, one from WooCommerce has “Type”, “Name” and “Regular price”. So this is not a product CSV, or the row with the column names is missing.`
  return null
}

function quoteSome(headers: string[]): string {
  const named = headers.filter((header) => header !== '')
  const shown = named.slice(0, 6).map((header) => `“${header.slice(0, 40).toWellFormed()}”`)
  return shown.join(', ') + (named.length > shown.length ? ` and ${named.length - shown.length} more` : '')
}
