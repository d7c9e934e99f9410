import type { CardRating } from '#app/domain/reviews/reviews.ts'
import type { Availability } from '#app/domain/stock/availability.ts'

/** An image that is ready to be shown. */
export type ShopImage = { hash: string; width: number; height: number; alt: string; color: string | null }

/** A product as lists show it. Amounts are minor units; a null price means "price on request". */
export type ProductCard = {
  id: number
  handle: string
  title: string
  vendor: string
  priceMin: number | null
  priceMax: number | null
  /** The original price of the cheapest variant; null when it is not on sale. */
  compareAtPrice: number | null
  /** Beside a compare-at price, where the store shows it: the lowest price of the 30 days before the reduction. */
  priorPrice?: number
  isSoldOut: boolean
  variantCount: number
  image: ShopImage | null
  /** Of its approved reviews; null when it has none. */
  rating: CardRating | null
}

export type CollectionLink = { handle: string; title: string }

export type CollectionTile = CollectionLink & { id: number; description: string; image: ShopImage | null }

export type ProductVariant = {
  id: number
  optionValues: string[]
  sku: string
  barcode: string
  price: number | null
  compareAtPrice: number | null
  /** As on the card. */
  priorPrice?: number
  availability: Availability
  /** How many can be bought now. */
  buyable: number
  requiresShipping: boolean
  /** Id among the product's images. */
  imageId: number | null
}

export type ProductImage = ShopImage & { id: number }

export type ProductPage = {
  id: number
  handle: string
  title: string
  /** Sanitized HTML. */
  description: string
  vendor: string
  type: string
  tags: string[]
  seoTitle: string
  seoDescription: string
  optionNames: string[]
  images: ProductImage[]
  variants: ProductVariant[]
}

/** Products per page of a list. */
export const pageSize = 24
