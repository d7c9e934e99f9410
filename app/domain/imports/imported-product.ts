import type { ProductStatus } from '#app/domain/products/product-state.ts'

/**
 * A file's data about one product. An undefined field has no column in the file and is left unchanged; an empty one is
 * cleared.
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
  /** Unknown columns by header; an empty value is cleared. */
  extra: [header: string, value: string][]
  /** Undefined: the file has no option columns. */
  optionNames?: string[]
  /** Undefined: the file has no variant data. */
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
  allowBackorder?: boolean
  /** An empty cell is not zero: it leaves stock unchanged. */
  stock?: number
  requiresShipping?: boolean
  taxable?: boolean
  imageUrl?: string | null
  extra: [header: string, value: string][]
}
