import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { env } from '#env'

export const handle = { access: 'everyone' } satisfies RouteHandle

export function loader() {
  const lines = [
    'User-agent: *',
    ...['/admin', '/cart', '/checkout', '/orders', '/drafts', '/account', '/login', '/setup', '/search'].map(
      (path) => `Disallow: ${path}`,
    ),
    `Sitemap: ${env.appOrigin}/sitemap.xml`,
  ]
  return new Response(`${lines.join('\n')}\n`, {
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=3600' },
  })
}
