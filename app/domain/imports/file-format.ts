/** How an uploaded file writes its text: what the dry run detects, and what the import's page says about it. */
import type { NumberNotation } from './number-notation.ts'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'
export type Separator = ',' | ';' | '\t'

export type TextFormat = { encoding: Encoding; separator: Separator }

export type FileFormat = TextFormat & {
  /** A word with letters beyond ASCII, as it was read; '' when the beginning of the file has none. */
  word: string
  /** What a point or a comma in front of three digits means in this file. */
  numbers: NumberNotation
  /** A price as the file writes it; '' when the beginning of the file has none. */
  price: string
  /** SKUs or barcodes begin with an apostrophe, which marks text in Excel. */
  hasTextMarks: boolean
}

/** Shopify's own format. */
export const standardFormat: TextFormat = { encoding: 'utf-8', separator: ',' }

export const encodingLabels = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Windows-1252',
} satisfies Record<Encoding, string>

export const separatorLabels = {
  ',': 'Commas',
  ';': 'Semicolons',
  '\t': 'Tabs',
} satisfies Record<Separator, string>

export const dialectLabels = {
  classic: 'Shopify product export',
  template: 'Shopify product export (newer columns)',
  woocommerce: 'WooCommerce product export',
}

/** "Semicolons as separators, Windows-1252 (“Café”), prices like 1.234,50." */
export function describeFormat(format: FileFormat): string {
  const parts = [
    `${separatorLabels[format.separator]} as separators`,
    encodingLabels[format.encoding] + (format.word ? ` (“${format.word}”)` : ''),
    ...(format.price ? [`prices like ${format.price}`] : []),
    ...(format.hasTextMarks ? ['apostrophes in front of SKUs and barcodes are left out'] : []),
  ]
  return `${parts.join(', ')}.`
}
