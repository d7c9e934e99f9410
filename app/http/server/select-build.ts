import type { ServerBuild } from '@remix-run/node'
import { isAdminRoute, shopManifestUrl } from './shop-manifest.ts'

/** Routes by the segments of their paths. */
type Node = {
  fixed: Map<string, Node>
  param: Node | null
  /** Ids of the routes whose path ends here. */
  ends: string[]
  /** Ids of the splat routes that begin here. */
  splats: string[]
}

/**
 * Finds, for the path of a request, a build with only the routes that can match it, and their parents. Remix flattens,
 * ranks and tries all routes of its build several times for each page; it still decides which of the remaining ones
 * matches. A path that nothing matches gets the whole build. Builds are created once for each set of routes.
 */
export function createBuildSelector(build: ServerBuild): (pathname: string) => ServerBuild {
  const root = createNode()
  for (const id of Object.keys(build.routes)) if (isMatchable(build, id)) insert(root, pathOf(build, id), id)
  const builds = new Map<string, ServerBuild>()
  return (pathname) => {
    const ids = candidatesAt(root, segmentsOf(pathname))
    if (ids.length === 0) return build
    const key = ids.join('\n')
    let selected = builds.get(key)
    if (!selected) builds.set(key, (selected = withOnly(build, ids)))
    return selected
  }
}

/** What `make` returns for the selected build; called once for each build. */
export function createSelectedHandler<Made>(
  build: ServerBuild,
  make: (build: ServerBuild) => Made,
): (pathname: string) => Made {
  const select = createBuildSelector(build)
  const made = new Map<ServerBuild, Made>()
  return (pathname) => {
    const selected = select(pathname)
    const found = made.get(selected) ?? make(selected)
    made.set(selected, found)
    return found
  }
}

function createNode(): Node {
  return { fixed: new Map(), param: null, ends: [], splats: [] }
}

/** A layout route without a path never matches alone. */
function isMatchable(build: ServerBuild, id: string): boolean {
  const { path, index } = build.routes[id]!
  return index === true || path !== undefined
}

/** The route and its parents, the root first. */
function branchOf(build: ServerBuild, id: string): string[] {
  const { parentId } = build.routes[id]!
  return parentId ? [...branchOf(build, parentId), id] : [id]
}

function pathOf(build: ServerBuild, id: string): string {
  return branchOf(build, id)
    .flatMap((each) => build.routes[each]!.path || [])
    .join('/')
}

function insert(root: Node, path: string, id: string) {
  let node = root
  for (const segment of path.split('/').filter(Boolean)) {
    if (segment.endsWith('?')) throw new Error(`Route ${id}: optional segments are not supported`)
    if (segment === '*') return void node.splats.push(id)
    if (segment.startsWith(':')) node = node.param ??= createNode()
    else {
      const name = segment.toLowerCase()
      const next = node.fixed.get(name) ?? createNode()
      node.fixed.set(name, next)
      node = next
    }
  }
  node.ends.push(id)
}

/** The segments as Remix compares them: decoded, case-insensitive, without trailing slashes. */
function segmentsOf(pathname: string): string[] {
  const segments = pathname
    .replace(/\.data$/, '')
    .replace(/^\/_root$/, '/')
    .split('/')
    .slice(1)
  while (segments.at(-1) === '') segments.pop()
  return segments.map((segment) => decoded(segment).toLowerCase())
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

function candidatesAt(node: Node, segments: string[], depth = 0): string[] {
  const segment = segments[depth]
  if (segment === undefined) return [...node.ends, ...node.splats]
  const fixed = node.fixed.get(segment)
  return [
    ...(fixed ? candidatesAt(fixed, segments, depth + 1) : []),
    ...(node.param ? candidatesAt(node.param, segments, depth + 1) : []),
    ...node.splats,
  ]
}

/**
 * The build with these routes and their parents. Pages outside the admin use the manifest without the admin's routes.
 */
function withOnly(build: ServerBuild, ids: string[]): ServerBuild {
  const wanted = new Set(ids.flatMap((id) => branchOf(build, id)))
  const pick = <T>(all: Record<string, T>) =>
    Object.fromEntries(Object.entries(all).filter(([id]) => wanted.has(id)))
  const { assets } = build
  const url = ids.some(isAdminRoute) ? assets.url : shopManifestUrl(assets.url)
  return { ...build, routes: pick(build.routes), assets: { ...assets, url, routes: pick(assets.routes) } }
}
