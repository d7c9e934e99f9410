import type { Suggestions } from '#app/domain/search/suggestions.ts'
import type { CollectionLink, ProductCard } from '#app/domain/storefront/storefront.ts'

export type SuggestionOption =
  | { kind: 'query'; key: string; query: string }
  | { kind: 'collection'; key: string; collection: CollectionLink }
  | { kind: 'product'; key: string; product: ProductCard }
  | { kind: 'all'; key: string; query: string }
  | { kind: 'clear'; key: string }

/** A group without a label is set apart from the others. */
export type SuggestionGroup = { label: string | null; options: SuggestionOption[] }

/** Of at most this many suggestions: queries first, but never without collections and products where there are some. */
export function fitSuggestions({ queries, collections, products }: Suggestions, limit: number): Suggestions {
  const shownProducts = products.slice(0, Math.ceil(limit * 0.4))
  const shownCollections = collections.slice(0, Math.floor(limit * 0.25))
  const shownQueries = queries.slice(0, limit - shownProducts.length - shownCollections.length)
  const rest = limit - shownQueries.length
  return {
    queries: shownQueries,
    collections: collections.slice(0, rest - shownProducts.length),
    products: products.slice(0, rest - Math.min(collections.length, rest - shownProducts.length)),
  }
}

/** The list for what is typed: the suggestions, and last the search itself. None without a suggestion. */
export function groupSuggestions(suggestions: Suggestions, query: string): SuggestionGroup[] {
  const groups: SuggestionGroup[] = [
    { label: 'Searches', options: suggestions.queries.map(queryOption) },
    {
      label: 'Collections',
      options: suggestions.collections.map((collection) => ({
        kind: 'collection',
        key: `collection ${collection.handle}`,
        collection,
      })),
    },
    {
      label: 'Products',
      options: suggestions.products.map((product) => ({
        kind: 'product',
        key: `product ${product.id}`,
        product,
      })),
    },
  ]
  const filled = groups.filter(({ options }) => options.length > 0)
  return filled.length > 0 ? [...filled, { label: null, options: [{ kind: 'all', key: 'all', query }] }] : []
}

/** The list for an empty field. */
export function groupRecentSearches(queries: string[]): SuggestionGroup[] {
  if (queries.length === 0) return []
  return [
    { label: 'Recent searches', options: queries.map(queryOption) },
    { label: null, options: [{ kind: 'clear', key: 'clear' }] },
  ]
}

const queryOption = (query: string): SuggestionOption => ({ kind: 'query', key: `query ${query}`, query })
