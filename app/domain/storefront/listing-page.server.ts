import type { Currency } from '#app/domain/money.ts'
import { productFacts, shownDependencies } from '#app/domain/realtime/dependencies.ts'
import {
  cachedByCatalogVersion,
  cachedWithLag,
  laggingName,
} from '#app/domain/realtime/catalog-cache.server.ts'
import { type CountedFacets, filtersOf } from './facets.ts'
import { listFacets } from './facets.server.ts'
import { parseListing } from './listing.schema.ts'
import { countProducts, listProducts } from './listing.server.ts'
import type { Filters, Listing } from './listing.ts'
import type { Scope } from './scope.server.ts'
import { pageSize } from './storefront.ts'

/**
 * Everything a list page shows for a URL, with its dependencies; null when the list has no such page. The counts of its
 * filters may be a moment behind the list.
 */
export async function getListingPage(scope: Scope, params: URLSearchParams, currency: Currency) {
  const { page, ...rest } = parseListing(params, currency)
  if (page === null) return null
  const listing = { ...rest, page }
  const filters = filtersOf(listing)
  const [list, counted] = await Promise.all([cachedList(scope, listing), cachedFacets(scope, filters)])
  if (!list) return null
  const pages = Math.max(1, Math.ceil(list.count / pageSize))
  return {
    list: { listing, facets: counted.facets, ...list, pages },
    dependsOn: [
      ...scope.dependsOn,
      ...shownDependencies(list.cards),
      ...countedDependencies(counted),
      laggingName(facetsQuestion(scope, filters)),
    ],
  }
}

function cachedList(scope: Scope, listing: Listing) {
  const ask = async () => {
    const [cards, count] = await Promise.all([listProducts(scope, listing), countProducts(scope, listing)])
    return cards && { cards, count }
  }
  if (scope.key === null) return ask()
  return cachedByCatalogVersion(
    {
      question: `list ${scope.key} ${JSON.stringify(listing)}`,
      dependsOn: dependsOnProductFacts(listing) ? [...scope.dependsOn, productFacts] : scope.dependsOn,
      shown: (list) => shownDependencies(list?.cards ?? []),
    },
    ask,
  )
}

/** All pages and sort orders of a list share its facets. */
function cachedFacets(scope: Scope, filters: Filters) {
  const ask = () => listFacets(scope, filters)
  if (scope.key === null) return ask()
  return cachedWithLag(
    {
      question: facetsQuestion(scope, filters),
      dependsOn: scope.dependsOn,
      shown: countedDependencies,
    },
    ask,
  )
}

/** Prices, stock and options of the counted products. Products that are added are announced with the scope's names. */
function countedDependencies({ productIds }: CountedFacets): string[] {
  return productIds ? shownDependencies(productIds.map((id) => ({ id }))) : [productFacts]
}

const facetsQuestion = (scope: Scope, filters: Filters) => `facets ${scope.key} ${JSON.stringify(filters)}`

/** Whether price, title, options, rating or stock decide which products the list shows, and in which order. */
function dependsOnProductFacts({
  sort,
  minPrice,
  maxPrice,
  availability,
  ratings,
  options,
}: Listing): boolean {
  return (
    minPrice !== null ||
    maxPrice !== null ||
    availability.length > 0 ||
    ratings.length > 0 ||
    options.length > 0 ||
    sort === 'highest-rated' ||
    /^(price|title)-/.test(sort)
  )
}
