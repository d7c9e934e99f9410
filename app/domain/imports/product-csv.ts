/** Writes products as rows of Shopify's product CSV. Importing the rows again changes nothing. */
import { type Currency, toDecimal } from '#app/domain/money.ts'
import type { ImageState, ProductState, VariantState } from '#app/domain/products/product-state.ts'
import { headerKey, isVariantHeader } from './csv-format.ts'

export type ProductCsv = {
  currency: Currency
  now: Date
  /** The public URL of a stored image; null while the image cannot be shown. */
  imageUrl: (hash: string) => string | null
  /** The unknown columns of earlier imports, each once. */
  extraHeaders: string[]
}

type Cells = Record<string, string>

const productHeaders = [
  'Handle',
  'Title',
  'Body (HTML)',
  'Vendor',
  'Product Category',
  'Type',
  'Tags',
  'Published',
]
const optionHeaders = [1, 2, 3].flatMap((n) => [`Option${n} Name`, `Option${n} Value`])
const variantHeaders = [
  ...['Variant SKU', 'Variant Grams', 'Variant Inventory Tracker', 'Variant Inventory Qty'],
  ...['Variant Inventory Policy', 'Variant Price', 'Variant Compare At Price', 'Variant Requires Shipping'],
  ...['Variant Taxable', 'Variant Barcode'],
]
const imageHeaders = ['Image Src', 'Image Position', 'Image Alt Text']
const lastHeaders = ['Variant Image', 'Variant Weight Unit', 'Cost per item', 'Status']

/** The column names in Shopify's order, with the unknown columns behind those of the product. */
export function productCsvHeaders(extraHeaders: string[]): string[] {
  return [
    ...[...productHeaders, ...optionHeaders, ...variantHeaders, ...imageHeaders],
    ...['SEO Title', 'SEO Description', ...extraHeaders, ...lastHeaders],
  ]
}

/** One row for each variant or image, whichever are more; both begin on the first row. */
export function productCsvRows(product: ProductState, csv: ProductCsv): string[][] {
  const headers = productCsvHeaders(csv.extraHeaders)
  const urls = imageUrls(product.images, csv)
  const images = product.images.flatMap((image, index) =>
    urls[index] !== '' && urls.indexOf(urls[index]!) === index
      ? [imageCells(image, { url: urls[index]!, position: index + 1 })]
      : [],
  )
  const variants = product.variants.map((variant, index) => ({
    ...variantCells(variant, csv.currency),
    'Variant Image': variant.image === null ? '' : (urls[variant.image] ?? ''),
    ...optionCells(product.optionNames, variant.optionValues, index === 0),
    ...extraCells(variant.extra, csv.extraHeaders, (header) => index > 0 || isVariantHeader(header)),
  }))
  const length = Math.max(variants.length, images.length, 1)
  return Array.from({ length }, (_, index) => {
    const cells: Cells = {
      Handle: product.handle,
      ...(index === 0 ? productCells(product, csv) : {}),
      ...variants[index],
      ...images[index],
    }
    return headers.map((header) => cells[header] ?? '')
  })
}

function productCells(product: ProductState, { now, extraHeaders }: ProductCsv): Cells {
  const isPublished = product.publishedAt !== null && new Date(product.publishedAt) <= now
  return {
    Title: product.title,
    'Body (HTML)': product.description,
    Vendor: product.vendor,
    'Product Category': product.category,
    Type: product.type,
    Tags: product.tags.join(', '),
    Published: String(isPublished),
    'SEO Title': product.seoTitle,
    'SEO Description': product.seoDescription,
    Status: product.status,
    ...extraCells(product.extra, extraHeaders, (header) => !isVariantHeader(header)),
  }
}

/** Names are on the first row only. A product without options has Shopify's "Default Title". */
function optionCells(names: string[], values: string[], isFirst: boolean): Cells {
  if (names.length === 0) return { 'Option1 Name': 'Title', 'Option1 Value': 'Default Title' }
  const cells: Cells = {}
  for (const [index, name] of names.entries()) {
    if (isFirst) cells[`Option${index + 1} Name`] = name
    cells[`Option${index + 1} Value`] = values[index] ?? ''
  }
  return cells
}

function variantCells(variant: VariantState, currency: Currency): Cells {
  const amount = (minor: number | null) => (minor === null ? '' : toDecimal(minor, currency))
  return {
    'Variant SKU': asText(variant.sku),
    'Variant Grams': String(variant.weightGrams),
    'Variant Inventory Tracker': variant.trackStock ? 'shopify' : '',
    'Variant Inventory Qty': String(variant.stock),
    'Variant Inventory Policy': variant.allowBackorder ? 'continue' : 'deny',
    'Variant Price': amount(variant.price),
    'Variant Compare At Price': amount(variant.compareAtPrice),
    'Variant Requires Shipping': String(variant.requiresShipping),
    'Variant Taxable': String(variant.taxable),
    'Variant Barcode': asText(variant.barcode),
    'Variant Weight Unit': variant.weightUnit,
    'Cost per item': amount(variant.cost),
  }
}

function imageCells({ alt }: ImageState, { url, position }: { url: string; position: number }): Cells {
  return { 'Image Src': url, 'Image Position': String(position), 'Image Alt Text': alt }
}

/** This store's own URL, which lasts longer than the one that an image was fetched from. */
function imageUrls(images: ImageState[], { imageUrl }: ProductCsv): string[] {
  const hashes = images.map(({ mediaHash }) => mediaHash)
  return images.map(({ mediaHash, sourceUrl }) => {
    // Of images with the same file, the import tells those with different sources apart by these.
    const isShared = hashes.filter((hash) => hash === mediaHash).length > 1
    const own = mediaHash === null || (isShared && sourceUrl !== null) ? null : imageUrl(mediaHash)
    return own ?? sourceUrl ?? ''
  })
}

/** Headers are compared as the import compares them. */
function extraCells(
  extra: Record<string, string>,
  headers: string[],
  isWanted: (header: string) => boolean,
): Cells {
  const byKey = new Map(Object.entries(extra).map(([header, value]) => [headerKey(header), value]))
  const filled = headers.flatMap((header) => {
    const value = byKey.get(headerKey(header))
    return value !== undefined && isWanted(header) ? [[header, value] as const] : []
  })
  return Object.fromEntries(filled)
}

/** A spreadsheet runs no formula behind an apostrophe, and an import leaves one apostrophe out. */
function asText(text: string): string {
  return /^[=+\-@']/.test(text) ? `'${text}` : text
}
