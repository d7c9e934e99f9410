/** Redirects: what an old address may be, and where it may lead. */
import { normalizePath } from '#app/domain/paths.ts'

export const maxPathLength = 500
export const maxTargetLength = 2000
/** As many as Shopify allows in a plan of its own. */
export const maxRedirects = 100_000
/** A visitor passes at most this many redirects in a row; browsers give up after 20. */
export const maxHops = 10

/**
 * First segments of addresses that never redirect: private pages, forms, files and the endpoints of machines. They keep
 * their answer, also when it is a 404.
 */
export const protectedSegments: ReadonlySet<string> = new Set([
  ...['admin', 'account', 'cart', 'checkout', 'orders', 'drafts', 'order-reviews', 'discount'],
  ...['login', 'logout', 'signup', 'setup', 'forgot-password', 'reset-password', 'confirm-email'],
  ...['check-your-email', 'invitations', 'unsubscribe', 'stock-alerts', 'notifications', 'webhooks'],
  ...['theme', 'address-form', 'recently-viewed', 'media', 'build'],
  ...['events', 'healthz', 'readyz', 'metrics', 'robots.txt', 'sitemap.xml', 'sitemaps', 'feeds'],
])

/**
 * A path in the form in which paths are compared: normalized, without readable escapes and without case. Anything that
 * is not readable as text keeps its escapes.
 */
export function toComparedPath(path: string): string {
  const normalized = normalizePath(path.replace(/^[/\\]+/, '/'))
  return readable(normalized).normalize('NFC').toLowerCase()
}

function readable(path: string): string {
  try {
    const text = decodeURI(path)
    return /[\p{Cc}\p{Z}]/u.test(text) ? path : text
  } catch {
    return path
  }
}

export type PathRefusal = 'no-path' | 'other-site' | 'query' | 'protected' | 'home' | 'long-path'
export type TargetRefusal = 'no-target' | 'invalid-target' | 'long-target'

type PathResult = { ok: true; path: string } | { ok: false; reason: PathRefusal }
type TargetResult =
  { ok: true; target: string; targetPath: string | null } | { ok: false; reason: TargetRefusal }

/** The old address as typed: a path, with or without the slash, or a URL of the store. */
export function parsePath(typed: string, origin: string): PathResult {
  if (typed === '') return { ok: false, reason: 'no-path' }
  const own = withoutOrigin(typed, origin)
  if (/^(https?:)?\/\//i.test(own)) return { ok: false, reason: 'other-site' }
  if (/[?#]/.test(own)) return { ok: false, reason: 'query' }
  const path = toComparedPath(own.startsWith('/') ? own : `/${own}`)
  if (path === '/') return { ok: false, reason: 'home' }
  if (isProtectedPath(path)) return { ok: false, reason: 'protected' }
  if (path.length > maxPathLength) return { ok: false, reason: 'long-path' }
  return { ok: true, path }
}

/** Whether a path, as it is compared, is one that never redirects. */
export function isProtectedPath(path: string): boolean {
  return protectedSegments.has(path.split('/')[1]!)
}

/** The new address as typed: a path of the store, or an http(s) URL. A URL of the store becomes its path. */
export function parseTarget(typed: string, origin: string): TargetResult {
  if (typed === '') return { ok: false, reason: 'no-target' }
  const own = withoutOrigin(typed, origin)
  const isPath = /^\/(?![/\\])/.test(own)
  if (!isPath && !/^https?:\/\//i.test(own)) return { ok: false, reason: 'invalid-target' }
  const url = URL.parse(own, origin)
  if (!url?.hostname || url.username || url.password) return { ok: false, reason: 'invalid-target' }
  const target = isPath ? normalizePath(url.pathname) + url.search + url.hash : url.href
  if (target.length > maxTargetLength) return { ok: false, reason: 'long-target' }
  return { ok: true, target, targetPath: isPath ? toComparedPath(url.pathname) : null }
}

function withoutOrigin(typed: string, origin: string): string {
  if (typed.slice(0, origin.length).toLowerCase() !== origin.toLowerCase()) return typed
  const rest = typed.slice(origin.length)
  return rest === '' ? '/' : /^[/?#]/.test(rest) ? rest.replace(/^(?!\/)/, '/') : typed
}

/** The target with the query string of the request ("?a=1" or ""), in front of its fragment. */
export function withQuery(target: string, search: string): string {
  if (search === '') return target
  const [address = '', fragment] = target.split('#')
  const query = address.includes('?') ? `&${search.slice(1)}` : search
  return address + query + (fragment === undefined ? '' : `#${fragment}`)
}
