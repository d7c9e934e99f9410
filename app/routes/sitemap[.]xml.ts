import type { LoaderFunctionArgs } from '@remix-run/node'
import { getCatalogVersion } from '#app/domain/storefront/catalog-version.server.ts'
import { sitemapIndex } from '#app/domain/storefront/sitemap.ts'
import { listSitemapFiles } from '#app/domain/storefront/sitemap.server.ts'
import { publicFile } from '#app/http/pages/public-file.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { env } from '#env'

export const handle = { access: 'everyone', limits: { loader: 'sitemap' } } satisfies RouteHandle

/** The index of the sitemap's files. */
export async function loader({ request }: LoaderFunctionArgs) {
  return publicFile(request, {
    type: 'application/xml',
    version: await getCatalogVersion(),
    maxAgeSeconds: 3600,
    content: async function* () {
      yield sitemapIndex(await listSitemapFiles(), env.appOrigin)
    },
  })
}
