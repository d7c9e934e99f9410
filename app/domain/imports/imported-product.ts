import type { ProductStatus } from '#app/domain/catalog/product-state.ts'

/**
 * What a file says about one product. A field that is undefined has no column in the file and is left alone;
 * an empty one clears.
 */
export type ImportedProduct = {
  handle: string
  line: number
  title?: string
  description?: string
  vendor?: string
  type?: string
  tags?: string[]
  category?: string
  published?: boolean
  status?: ProductStatus
  seoTitle?: string
  seoDescription?: string
  /** Unknown columns by header; empty clears. */
  extra: [header: string, value: string][]
  /** Undefined: the file has no option columns. */
  optionNames?: string[]
  /** Undefined: the file says nothing about variants. */
  variants?: ImportedVariant[]
  images?: ImportedImage[]
}

export type ImportedImage = { url: string; alt?: string }

export type ImportedVariant = {
  line: number
  /** One per option name; undefined when the file has no option columns. */
  optionValues?: string[]
  sku?: string
  barcode?: string
  price?: number | null
  compareAtPrice?: number | null
  cost?: number | null
  weightGrams?: number
  weightUnit?: string
  trackStock?: boolean
  sellWhenOut?: boolean
  /** An empty cell is not zero: it leaves stock alone. */
  stock?: number
  requiresShipping?: boolean
  taxable?: boolean
  imageUrl?: string | null
  extra: [header: string, value: string][]
}
