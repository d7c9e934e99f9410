/**
 * Options of the Remix compiler. Vite's Remix plugin does not read this file by itself:
 * vite.config.ts passes it on.
 *
 * v3_lazyRouteDiscovery stays off: one 7 KB request to /__manifest can block the server for seconds.
 *
 * @type {import('@remix-run/dev').VitePluginConfig}
 */
export default {
  appDirectory: 'app',
  buildDirectory: 'build',
  ignoredRouteFiles: ['**/*.test.{ts,tsx}'],
  future: {
    v3_fetcherPersist: true,
    v3_relativeSplatPath: true,
    v3_throwAbortReason: true,
    v3_singleFetch: true,
    v3_lazyRouteDiscovery: false,
  },
}
