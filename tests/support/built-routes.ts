import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ServerBuild } from '@remix-run/node'
import { matchRoutes } from '@remix-run/react'
import type { Access } from '#app/domain/access/access.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'

export type Route = {
  id: string
  path: string
  /** The access that the route and all of its parent routes declare. */
  access: Access
  accesses: Access[]
  hasLoader: boolean
  hasAction: boolean
  hasPage: boolean
  isIndex: boolean
}

export const build = (await import(
  /* @vite-ignore */ pathToFileURL(path.resolve('build/server/index.js')).href
)) as ServerBuild

/** Every route of the shop, from the build; none is listed by hand. */
export const routes: Route[] = Object.values(build.routes).flatMap((route) => {
  if (!route || route.id === 'root') return []
  const parents = [route]
  while (parents[0]!.parentId) parents.unshift(build.routes[parents[0]!.parentId]!)
  return {
    id: route.id,
    access: accessOf(route),
    accesses: parents.map(accessOf),
    path: `/${parents.flatMap((each) => each.path || []).join('/')}`,
    hasLoader: Boolean(route.module.loader),
    hasAction: Boolean(route.module.action),
    hasPage: Boolean(route.module.default),
    isIndex: Boolean(route.index),
  }
})

function accessOf(route: NonNullable<ServerBuild['routes'][string]>): Access {
  return (route.module.handle as RouteHandle).access
}

type Branch = { id: string; path?: string; index?: boolean; children: Branch[] }

const branchesOf = (parentId: string): Branch[] =>
  Object.values(build.routes).flatMap((route) =>
    route?.parentId === parentId
      ? { id: route.id, path: route.path, index: route.index, children: branchesOf(route.id) }
      : [],
  )
const tree = branchesOf('root')

/** The route of this URL; a form for an index route may need "?index", or its parent route gets it. */
export function findRoute(address: string, { isPost = false } = {}): Route | undefined {
  const { pathname, searchParams } = new URL(address, 'http://shop')
  const matches = matchRoutes(tree as Parameters<typeof matchRoutes>[0], pathname) ?? []
  const isLeaf = !isPost || searchParams.has('index')
  const match = isLeaf ? matches.at(-1) : matches.findLast(({ route }) => route.path)
  return routes.find((route) => route.id === match?.route.id)
}
