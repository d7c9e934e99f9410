import type { ServerBuild } from '@remix-run/node'

type Manifest = ServerBuild['assets']

/** Whether the route belongs to the admin, which shoppers never see. */
export function isAdminRoute(id: string): boolean {
  return /^routes\/admin(\.|$)/.test(id)
}

/**
 * Where the build puts the manifest without the admin's routes, next to Remix's own. In development all pages use
 * Remix's.
 */
export function shopManifestUrl(url: string): string {
  return url.replace(/^(\/assets\/manifest-\w+)\.js$/, '$1-shop.js')
}

/** The manifest that store pages load: a link into the admin is unknown there and loads a document. */
export function shopManifest(text: string): string {
  const [, start, json, end] = /^(window\.__remixManifest=)(.*?)(;?)\s*$/s.exec(text) ?? []
  if (json === undefined) throw new Error('The manifest is not in the Remix 2 format')
  const manifest = JSON.parse(json) as Manifest
  const routes = Object.entries(manifest.routes).filter(([id]) => !isAdminRoute(id))
  const url = shopManifestUrl(manifest.url)
  return `${start}${JSON.stringify({ ...manifest, url, routes: Object.fromEntries(routes) })}${end}`
}
