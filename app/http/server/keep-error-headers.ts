import type { HeadersFunction, ServerBuild } from '@remix-run/node'

type Route = NonNullable<ServerBuild['routes'][string]>

/** Headers that a thrown Response may set. */
const errorHeaderNames = ['retry-after', 'cache-control']

/**
 * Wraps the build so that a thrown Response keeps its Retry-After, on the page and in the data of a page. Remix passes
 * its headers only to the `headers` function of one route, which would have to forward them.
 */
export function keepErrorHeaders(build: ServerBuild): ServerBuild {
  const entries = Object.entries(build.routes).map(
    ([id, route]) => [id, route && withErrorHeaders(route)] as const,
  )
  return { ...build, routes: Object.fromEntries(entries) }
}

function withErrorHeaders(route: Route): Route {
  const { headers: own } = route.module
  const headers: HeadersFunction = (of) => {
    const result = new Headers(typeof own === 'function' ? own(of) : (own ?? of.parentHeaders))
    for (const name of errorHeaderNames) {
      const value = of.errorHeaders?.get(name)
      if (value) result.set(name, value)
    }
    return result
  }
  return { ...route, module: { ...route.module, headers } }
}
