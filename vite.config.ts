import { vitePlugin as remix } from '@remix-run/dev'
import { defineConfig } from 'vite'
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
      // A file of its own, so that a profile tells Drizzle from the shop.
      output: isSsrBuild
        ? { manualChunks: (id: string) => (id.includes('/drizzle-orm/') ? 'drizzle' : undefined) }
        : {},
    },
  },
}))
