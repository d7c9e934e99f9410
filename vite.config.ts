import path from 'node:path'
import { vitePlugin as remix } from '@remix-run/dev'
import { defineConfig, type Rollup } from 'vite'
import remixConfig from './remix.config.js'

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true
  }
}

export default defineConfig(({ isSsrBuild }) => ({
  plugins: [remix(remixConfig)],
  // Node reads a package's list of entry points anew for each of its files. Drizzle has hundreds of both, which
  // cost 250 MB and most of a second at start; in the bundle it is one file.
  ssr: { noExternal: ['drizzle-orm'] },
  build: {
    target: 'es2022',
    sourcemap: false,
    // Some seconds more of building, and 3 KB less for each shopper than with esbuild. The server's code is read in
    // stack traces and profiles, so it keeps its names.
    minify: isSsrBuild ? false : 'terser',
    terserOptions: { compress: { passes: 2 }, ecma: 2020 },
    rollupOptions: {
      // A route that only has an action leaves nothing for the browser; that is how it should be.
      onwarn: (warning, warn) => warning.code === 'EMPTY_BUNDLE' || warn(warning),
      output: { manualChunks: isSsrBuild ? serverChunk : browserChunk },
    },
  },
}))

/** Drizzle is a file of its own, so that a profile tells it from the shop. */
function serverChunk(id: string) {
  return id.includes('/drizzle-orm/') ? 'drizzle' : undefined
}

/**
 * The browser's code in few files: packages of every page, code of every page, of every shop page, and of several shop
 * pages. Rollup alone makes thirty files of 1 KB for a shop page, and on a slow connection their requests delay the
 * first image.
 */
function browserChunk(id: string, { getModuleInfo }: Rollup.ManualChunkMeta) {
  const routes = new Set<string>()
  const visited = new Set<string>()
  const visit = (module: string) => {
    if (visited.has(module)) return
    visited.add(module)
    const info = getModuleInfo(module)
    if (info?.isEntry) routes.add(path.relative('app', module.replace(/(\/route)?\.tsx?(\?.*)?$/, '')))
    info?.importers.forEach(visit)
  }
  if (getModuleInfo(id)?.isEntry) return undefined
  visit(id)
  if (routes.has('root') || routes.has('entry.client'))
    return id.includes('/node_modules/') || id.startsWith('\0') ? 'framework' : 'shared-root'
  if (routes.has('routes/_shop')) return 'shared-shop'
  const pages = [...routes].filter((route) => route.startsWith('routes/_shop.'))
  return pages.length > 1 ? 'shared-shop-pages' : undefined
}
