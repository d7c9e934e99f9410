import type { CollectionLink, ProductCard } from '#app/domain/storefront/storefront.ts'

/** What is suggested while a query is typed. */
export type Suggestions = {
  /** Other queries: the corrected one, then those with the last word completed. */
  queries: string[]
  collections: CollectionLink[]
  products: ProductCard[]
}

export const noSuggestions: Suggestions = { queries: [], collections: [], products: [] }

/** Shorter queries have no suggestions. */
export const minQueryLength = 2
