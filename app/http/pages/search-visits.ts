import { countedQuery } from '#app/domain/reports/counted-query.ts'
import { normalizeQuery } from '#app/domain/search/search.ts'
import { searchParameter, urls } from '#app/urls.ts'

/** What requests say about searches: by their URL and Referer, without a cookie and without remembering who asked. */

/** The value of a header, as of Fetch's Headers and of Express. */
export type HeaderOf = (name: string) => string | null | undefined

/**
 * Whether a shopper opened a page: not a prefetch, not a reload, and not a bot. Browsers begin their user agent with
 * "Mozilla/"; so do bots, but they say what they are.
 */
export function isPageView(headerOf: HeaderOf): boolean {
  const purpose = headerOf('sec-purpose') ?? headerOf('purpose') ?? headerOf('x-moz') ?? ''
  if (/prefetch|preview/i.test(purpose) || headerOf('cache-control') === 'max-age=0') return false
  const agent = headerOf('user-agent') ?? ''
  return agent.startsWith('Mozilla/') && !bots.test(agent)
}

/** "Cubot" is a brand of phones. */
const bots =
  /(?<!cu)bots?\b|crawl|spider|slurp|preview|scan|monitor|lighthouse|pingdom|facebookexternalhit|headlesschrome/i

/**
 * Whether the request comes from the results of the same query: another page, sort order or filter of them, or the same
 * page once more because a product changed.
 */
export function isSameSearch(headerOf: HeaderOf, query: string, appOrigin: string): boolean {
  const from = ownPage(headerOf('referer'), appOrigin)
  if (from?.pathname !== urls.search()) return false
  return countedQuery(from.searchParams.get(searchParameter) ?? '') === query
}

/**
 * The product and query of a request that opens a product from results or suggestions. Its Referer is another page of
 * the store: a link that was shared, and the same page reloaded or with another variant, are no clicks.
 */
export function readSearchClick(
  request: { method: string; url: string; headerOf: HeaderOf },
  appOrigin: string,
): { handle: string; query: string } | null {
  const { method, url, headerOf } = request
  if (method !== 'GET' || !url.startsWith(productPath) || !url.includes(`${searchParameter}=`)) return null
  const to = new URL(appOrigin + url)
  const path = to.pathname.replace(/\.data$/, '')
  const handle = handleOf(path)
  const query = countedQuery(to.searchParams.get(searchParameter) ?? '')
  const from = ownPage(headerOf('referer'), appOrigin)
  if (handle === null || query === null || from === null || from.pathname === path) return null
  return isPageView(headerOf) ? { handle, query } : null
}

/** The query in the address of the product page that a form was sent from. */
export function searchBefore(headerOf: HeaderOf, handle: string, appOrigin: string): string | null {
  const from = ownPage(headerOf('referer'), appOrigin)
  if (from?.pathname !== urls.product(handle)) return null
  return normalizeQuery(from.searchParams.get(searchParameter) ?? '') || null
}

const productPath = urls.product('')

/** Null for other pages, and for a handle that no product has. */
function handleOf(path: string): string | null {
  const [, segment] = /^\/products\/([^/]{1,600})$/.exec(path) ?? []
  try {
    return segment === undefined ? null : decodeURIComponent(segment)
  } catch {
    return null
  }
}

function ownPage(referer: string | null | undefined, appOrigin: string): URL | null {
  if (!referer || !URL.canParse(referer)) return null
  const page = new URL(referer)
  return page.origin === appOrigin ? page : null
}
