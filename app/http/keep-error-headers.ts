import type { HeadersFunction, ServerBuild } from '@remix-run/node'

type Route = NonNullable<ServerBuild['routes'][string]>

/** What a thrown Response may say beside its status. */
const kept = ['retry-after', 'cache-control']

/**
 * The build in which a thrown Response keeps its Retry-After, on the page and in the data of a page alike. Remix
 * hands its headers to one route's `headers` alone, which would have to pass them on.
 */
export function keepErrorHeaders(build: ServerBuild): ServerBuild {
  const entries = Object.entries(build.routes).map(([id, route]) => [id, route && keeping(route)] as const)
  return { ...build, routes: Object.fromEntries(entries) }
}

function keeping(route: Route): Route {
  const { headers: own } = route.module
  const headers: HeadersFunction = (of) => {
    const said = new Headers(typeof own === 'function' ? own(of) : (own ?? of.parentHeaders))
    for (const name of kept) {
      const value = of.errorHeaders?.get(name)
      if (value) said.set(name, value)
    }
    return said
  }
  return { ...route, module: { ...route.module, headers } }
}
