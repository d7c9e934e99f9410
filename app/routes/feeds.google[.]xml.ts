import type { LoaderFunctionArgs } from '@remix-run/node'
import { getCatalogVersion } from '#app/domain/storefront/catalog-version.server.ts'
import { readMerchantFeed } from '#app/domain/storefront/merchant-feed.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import { publicFile } from '#app/http/pages/public-file.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'

export const handle = { access: 'everyone', limits: { loader: 'feed' } } satisfies RouteHandle

/** The product feed for Google Merchant Center, streamed (docs/decisions/120). */
export async function loader({ request }: LoaderFunctionArgs) {
  orNotFound(await getSettings())
  const version = await getCatalogVersion()
  return publicFile(request, {
    type: 'application/xml',
    version,
    maxAgeSeconds: 600,
    content: readMerchantFeed,
  })
}
