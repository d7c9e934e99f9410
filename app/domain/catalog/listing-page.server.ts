import { askOncePerCatalog } from '#app/domain/realtime/kept.server.ts'
import { listFacets, listProducts, type Scope } from './listing.server.ts'
import { parseListing } from './listing.schema.ts'

/** Everything a list page shows for an address; null when the list has no such page. */
export async function getListingPage(scope: Scope, params: URLSearchParams, currency: string) {
  const { page, ...rest } = parseListing(params, currency)
  if (page === null) return null
  const listing = { ...rest, page }
  const where = JSON.stringify(scope)
  const [list, facets] = await Promise.all([
    askOncePerCatalog(`list ${where} ${JSON.stringify(listing)}`, () => listProducts(scope, listing)),
    askOncePerCatalog(`facets ${where}`, () => listFacets(scope)),
  ])
  return list && { listing, facets, ...list }
}
