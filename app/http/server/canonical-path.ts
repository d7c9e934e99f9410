import { normalizePath, trimSlashes } from '#app/domain/paths.ts'

/**
 * One canonical spelling per path. Remix finds the same route for /search, /Search, /%73earch, /x/../search and
 * /search/, and the same again for the data of its page. Instead of teaching limits, caches and headers all spellings,
 * the first middleware rewrites the path to this one, and other spellings are redirected.
 */

/** The fixed segments of the store's routes as a tree; a parameter is one branch under ":". */
export type RouteTree = Map<string, RouteTree>

type RouteLike = { path?: string; parentId?: string }

/** The tree of a build's routes, and of paths that are answered before Remix. */
export function routeTree(routes: Record<string, RouteLike | undefined>, others: string[] = []): RouteTree {
  const tree: RouteTree = new Map()
  const pathOf = (route: RouteLike | undefined): string =>
    route ? `${pathOf(routes[route.parentId ?? ''])}/${route.path ?? ''}` : ''
  for (const path of [...Object.values(routes).map(pathOf), ...others]) {
    let node = tree
    for (const segment of path.split('/').filter(Boolean)) {
      const name = segment.startsWith(':') ? ':' : segment
      if (!node.has(name)) node.set(name, new Map())
      node = node.get(name)!
    }
  }
  return tree
}

/**
 * The path without dot segments, repeated slashes and a trailing slash, without needless escapes (RFC 3986, 6.2.2),
 * and with the fixed segments of our routes in lower case; tokens, handles and file names keep theirs. The data of a
 * page is at the canonical path of the page with `.data`. Anything that does not begin with exactly one slash is
 * returned unchanged.
 */
export function canonicalPath(path: string, tree: RouteTree): string {
  if (!path.startsWith('/') || path.startsWith('//')) return path
  const trimmed = normalizePath(path)
  if (!trimmed.endsWith('.data')) return inLowerCase(trimmed, tree)
  const page = inLowerCase(trimSlashes(trimmed.slice(0, -'.data'.length)), tree)
  return page === '/' ? '/_root.data' : `${page}.data`
}

function inLowerCase(path: string, tree: RouteTree): string {
  let node: RouteTree | undefined = tree
  return path
    .split('/')
    .map((segment) => {
      if (segment === '') return segment
      const fixed = segment.toLowerCase()
      const branch: RouteTree | undefined = node?.get(fixed)
      node = branch ?? node?.get(':')
      return branch ? fixed : segment
    })
    .join('/')
}
