import { listingFields } from '#app/domain/storefront/listing.ts'
import { reviewFields } from '#app/domain/reviews/reviews.ts'
import { previewParameter } from '#app/urls.ts'

/** A request for a page that is the same for everyone except for its personal data. */
export type PublicPage = {
  /** Everything the response depends on besides the store's data. */
  key: string
  /** The URL with only what the route reads. */
  address: string
  theme: 'light' | 'dark' | undefined
  /** How many loaders run. */
  loaders: number
  /** Its URL has parameters, of which anyone can make up any number. */
  hasParameters: boolean
}

type Route = { id: string; path: RegExp; parameters: readonly Parameter[] }
/**
 * `usual` is the default for a missing value; with `emptyCounts` an empty value is not the default. With `isPrefix` every
 * parameter whose name begins so is read.
 */
type Parameter = { name: string; isPrefix?: boolean; isList?: boolean; usual?: string; emptyCounts?: boolean }

const listing: readonly Parameter[] = [
  { name: listingFields.sort, usual: 'featured' },
  { name: listingFields.minPrice },
  { name: listingFields.maxPrice },
  { name: listingFields.availability, isList: true },
  { name: listingFields.ratings, isList: true },
  { name: listingFields.options, isPrefix: true, isList: true },
  { name: listingFields.vendors, isList: true },
  { name: listingFields.types, isList: true },
  { name: listingFields.tags, isList: true },
  { name: listingFields.page, usual: '1', emptyCounts: true },
  { name: listingFields.from },
]
const product: readonly Parameter[] = [
  ...['variant', 'option1', 'option2', 'option3', reviewFields.stars].map((name) => ({ name })),
  { name: reviewFields.sort, usual: 'newest' },
  { name: reviewFields.page, usual: '1' },
]

const routes: readonly Route[] = [
  { id: 'routes/_shop._index', path: /^\/$/, parameters: [] },
  { id: 'routes/_shop.collections._index', path: /^\/collections$/, parameters: [] },
  { id: 'routes/_shop.collections.all', path: /^\/collections\/all$/, parameters: listing },
  { id: 'routes/_shop.collections.$handle', path: /^\/collections\/([^/]+)$/, parameters: listing },
  { id: 'routes/_shop.pages.$handle', path: /^\/pages\/([^/]+)$/, parameters: [] },
  { id: 'routes/_shop.policies.$handle', path: /^\/policies\/([^/]+)$/, parameters: [] },
  { id: 'routes/_shop.products.$handle', path: /^\/products\/([^/]+)$/, parameters: product },
]

const maxLength = 600

/**
 * The public page or data that a request asks for; null for everything else, for a URL in an unusual spelling, and for
 * a preview.
 * Parameters that the route does not read are dropped, the others are sorted.
 */
export function readPublicPage(request: {
  method?: string
  url: string
  cookies: string
  /** Prefix of our cookies' names. */
  cookiePrefix: string
}): PublicPage | null {
  const { method, url, cookies, cookiePrefix } = request
  if ((method !== 'GET' && method !== 'HEAD') || url.length > 2_000) return null
  // A flash message for this one response is never cached.
  const cookie = readCookies(cookies)
  if (cookie(`${cookiePrefix}toast`) !== undefined) return null
  const [pathname = '', search] = splitOnce(url, '?')
  const isData = pathname.endsWith('.data')
  const path = isData ? pathname.slice(0, -'.data'.length).replace(/^\/_root$/, '/') : pathname
  const route = routes.find((one) => one.path.test(path))
  if (!route || !isCanonical(route.path.exec(path)![1])) return null
  const given = new URLSearchParams(search ?? '')
  if (given.has(previewParameter)) return null
  const query = new URLSearchParams(route.parameters.flatMap((parameter) => valuesOf(given, parameter)))
  const hasParameters = query.size > 0
  const all = ['root', 'routes/_shop', route.id]
  const asked = isData ? given.get('_routes') : null
  const loaders = asked === null ? all : all.filter((id) => asked.split(',').includes(id))
  if (asked !== null) {
    // Only as the browser sends it: some of the page's own routes, each once.
    if (loaders.length === 0 || loaders.join() !== asked) return null
    query.set('_routes', asked)
  }
  const address = pathname + (query.size > 0 ? `?${query}` : '')
  if (address.length > maxLength) return null
  const chosen = cookie(`${cookiePrefix}theme`)
  const theme = chosen === 'light' || chosen === 'dark' ? chosen : undefined
  return { key: `${theme ?? ''} ${address}`, address, theme, loaders: loaders.length, hasParameters }
}

function valuesOf(given: URLSearchParams, parameter: Parameter): [string, string][] {
  const { name, isPrefix, isList, usual, emptyCounts } = parameter
  if (isPrefix)
    return [...new Set(given.keys())]
      .filter((key) => key.startsWith(name))
      .sort()
      .flatMap((key) => valuesOf(given, { name: key, isList }))
  const values = new Set(given.getAll(name).slice(0, isList ? undefined : 1))
  return [...values]
    .filter((value) => value !== usual && (value !== '' || emptyCounts))
    .map((value) => [name, value])
}

function readCookies(cookies: string): (name: string) => string | undefined {
  const pairs = cookies === '' ? [] : cookies.split(';').map((pair) => splitOnce(pair.trim(), '='))
  return (name) => pairs.find(([key]) => key === name)?.[1]
}

/** A handle as our links write it. */
function isCanonical(handle: string | undefined): boolean {
  if (handle === undefined) return true
  try {
    return encodeURIComponent(decodeURIComponent(handle)) === handle
  } catch {
    return false
  }
}

function splitOnce(text: string, at: string): [string, string?] {
  const index = text.indexOf(at)
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)]
}
