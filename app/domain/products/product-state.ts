/** A whole product as one value, for imports to compare and write. */

export const productStatuses = ['draft', 'active', 'archived'] as const
export type ProductStatus = (typeof productStatuses)[number]

export type ImageState = {
  /** Null: not in the database yet. */
  id: number | null
  alt: string
  mediaHash: string | null
  sourceUrl: string | null
}

export type VariantState = {
  /** Null: not in the database yet. */
  id: number | null
  /** One per option name, in the same order. */
  optionValues: string[]
  sku: string
  barcode: string
  /** Minor units; null: price on request. */
  price: number | null
  compareAtPrice: number | null
  cost: number | null
  weightGrams: number
  weightUnit: string
  trackStock: boolean
  allowBackorder: boolean
  stock: number
  requiresShipping: boolean
  taxable: boolean
  /** Index into the product's images. */
  image: number | null
  extra: Record<string, string>
}

export type ProductState = {
  handle: string
  title: string
  /** Sanitized HTML. */
  description: string
  vendor: string
  type: string
  tags: string[]
  category: string
  status: ProductStatus
  /** ISO time; null: not published. */
  publishedAt: string | null
  seoTitle: string
  seoDescription: string
  optionNames: string[]
  extra: Record<string, string>
  /** In display order. */
  images: ImageState[]
  /** In display order. */
  variants: VariantState[]
}

/** Lowest and highest price of the variants that have one. */
export function priceRange(variants: { price: number | null }[]): { min: number | null; max: number | null } {
  let min: number | null = null
  let max: number | null = null
  for (const { price } of variants) {
    if (price === null) continue
    if (min === null || price < min) min = price
    if (max === null || price > max) max = price
  }
  return { min, max }
}
