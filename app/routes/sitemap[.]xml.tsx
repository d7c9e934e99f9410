import { pagePath } from '#app/domain/pages/pages.ts'
import { listSitemap } from '#app/domain/storefront/sitemap.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'
import { env } from '#env'

export const handle = { access: 'everyone' } satisfies RouteHandle

export async function loader() {
  const { products, collections, pages: written } = await listSitemap()
  const pages = [
    { path: urls.home(), at: null },
    { path: urls.allProducts(), at: null },
    ...collections.map(({ handle, updatedAt }) => ({ path: urls.collection(handle), at: updatedAt })),
    ...written.map((page) => ({ path: pagePath(page), at: page.updatedAt })),
    ...products.map(({ handle, updatedAt }) => ({ path: urls.product(handle), at: updatedAt })),
  ]
  const entries = pages.map(({ path, at }) => {
    const changed = at ? `<lastmod>${at.toISOString()}</lastmod>` : ''
    return `<url><loc>${escapeXml(env.appOrigin + path)}</loc>${changed}</url>`
  })
  const body = `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${entries.join('\n')}
</urlset>
`
  return new Response(body, {
    headers: { 'content-type': 'application/xml; charset=utf-8', 'cache-control': 'public, max-age=3600' },
  })
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
