import type { Currency } from '#app/domain/money.ts'
import { productFacts, scopeDependencies, shownDependencies } from '#app/domain/realtime/dependencies.ts'
import { cachedByCatalogVersion } from '#app/domain/realtime/catalog-cache.server.ts'
import type { Listing } from './listing.ts'
import { listFacets, listProducts, type Scope } from './listing.server.ts'
import { parseListing } from './listing.schema.ts'

/** Everything a list page shows for a URL, with its dependencies; null when the list has no such page. */
export async function getListingPage(scope: Scope, params: URLSearchParams, currency: Currency) {
  const { page, ...rest } = parseListing(params, currency)
  if (page === null) return null
  const listing = { ...rest, page }
  const where = JSON.stringify(scope)
  const set = scopeDependencies(scope)
  const dependsOn = dependsOnProductFacts(listing) ? [...set, productFacts] : set
  const [list, facets] = await Promise.all([
    cachedByCatalogVersion(
      {
        question: `list ${where} ${JSON.stringify(listing)}`,
        dependsOn,
        shown: (made) => shownDependencies(made?.cards ?? []),
      },
      () => listProducts(scope, listing),
    ),
    cachedByCatalogVersion({ question: `facets ${where}`, dependsOn: set }, () => listFacets(scope)),
  ])
  return (
    list && {
      list: { listing, facets, ...list },
      dependsOn: [...dependsOn, ...shownDependencies(list.cards)],
    }
  )
}

/** Whether price, title or stock decides which products the list shows, and in which order. */
function dependsOnProductFacts({ sort, minPrice, maxPrice, onlyAvailable }: Listing): boolean {
  return minPrice !== null || maxPrice !== null || onlyAvailable || /^(price|title)-/.test(sort)
}
