import type { Currency } from '#app/domain/money.ts'
import { productFacts, shownDependencies } from '#app/domain/realtime/dependencies.ts'
import { cachedByCatalogVersion } from '#app/domain/realtime/catalog-cache.server.ts'
import { filtersOf } from './facets.ts'
import { listFacets } from './facets.server.ts'
import { parseListing } from './listing.schema.ts'
import { listProducts } from './listing.server.ts'
import type { Listing } from './listing.ts'
import type { Scope } from './scope.server.ts'
import { pageSize } from './storefront.ts'

/** Everything a list page shows for a URL, with its dependencies; null when the list has no such page. */
export async function getListingPage(scope: Scope, params: URLSearchParams, currency: Currency) {
  const { page, ...rest } = parseListing(params, currency)
  if (page === null) return null
  const listing = { ...rest, page }
  const [cards, facets] = await Promise.all([cachedCards(scope, listing), cachedFacets(scope, listing)])
  if (!cards) return null
  const pages = Math.max(1, Math.ceil(facets.count / pageSize))
  return {
    list: { listing, facets, cards, count: facets.count, pages },
    dependsOn: [...scope.dependsOn, productFacts, ...shownDependencies(cards)],
  }
}

function cachedCards(scope: Scope, listing: Listing) {
  const ask = () => listProducts(scope, listing)
  if (scope.key === null) return ask()
  return cachedByCatalogVersion(
    {
      question: `list ${scope.key} ${JSON.stringify(listing)}`,
      dependsOn: dependsOnProductFacts(listing) ? [...scope.dependsOn, productFacts] : scope.dependsOn,
      shown: (cards) => shownDependencies(cards ?? []),
    },
    ask,
  )
}

/** All pages and sort orders of a list share its facets. */
function cachedFacets(scope: Scope, listing: Listing) {
  const filters = filtersOf(listing)
  const ask = () => listFacets(scope, filters)
  if (scope.key === null) return ask()
  return cachedByCatalogVersion(
    {
      question: `facets ${scope.key} ${JSON.stringify(filters)}`,
      dependsOn: [...scope.dependsOn, productFacts],
    },
    ask,
  )
}

/** Whether price, title, options or stock decide which products the list shows, and in which order. */
function dependsOnProductFacts({ sort, minPrice, maxPrice, availability, options }: Listing): boolean {
  return (
    minPrice !== null ||
    maxPrice !== null ||
    availability.length > 0 ||
    options.length > 0 ||
    /^(price|title)-/.test(sort)
  )
}
