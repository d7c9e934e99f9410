import { productFacts, scopeDependencies, shownDependencies } from '#app/domain/realtime/dependencies.ts'
import { askOncePerCatalog } from '#app/domain/realtime/kept.server.ts'
import type { Listing } from './listing.ts'
import { listFacets, listProducts, type Scope } from './listing.server.ts'
import { parseListing } from './listing.schema.ts'

/** Everything a list page shows for an address, and what it depends on; null when the list has no such page. */
export async function getListingPage(scope: Scope, params: URLSearchParams, currency: string) {
  const { page, ...rest } = parseListing(params, currency)
  if (page === null) return null
  const listing = { ...rest, page }
  const where = JSON.stringify(scope)
  const set = scopeDependencies(scope)
  const dependsOn = looksAtFacts(listing) ? [...set, productFacts] : set
  const [list, facets] = await Promise.all([
    askOncePerCatalog(
      {
        question: `list ${where} ${JSON.stringify(listing)}`,
        dependsOn,
        shown: (made) => shownDependencies(made?.cards ?? []),
      },
      () => listProducts(scope, listing),
    ),
    askOncePerCatalog({ question: `facets ${where}`, dependsOn: set }, () => listFacets(scope)),
  ])
  return (
    list && {
      list: { listing, facets, ...list },
      dependsOn: [...dependsOn, ...shownDependencies(list.cards)],
    }
  )
}

/** Whether a price, a title or what is in stock decides what the list shows, and where. */
function looksAtFacts({ sort, minPrice, maxPrice, onlyAvailable }: Listing): boolean {
  return minPrice !== null || maxPrice !== null || onlyAvailable || /^(price|title)-/.test(sort)
}
