import type { LoaderFunctionArgs } from '@remix-run/node'
import { getCatalogVersion } from '#app/domain/storefront/catalog-version.server.ts'
import { readMerchantFeed } from '#app/domain/storefront/merchant-feed.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import { publicFile } from '#app/http/pages/public-file.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'

export const handle = { access: 'everyone', limits: { loader: 'feed' } } satisfies RouteHandle

/** Downloads of the whole catalog at once; more are asked to come back later. */
const maxDownloads = 2
let downloads = 0

/** The product feed for Google Merchant Center, streamed (docs/decisions/120). */
export async function loader({ request }: LoaderFunctionArgs) {
  orNotFound(await getSettings())
  const version = await getCatalogVersion()
  return publicFile(request, {
    type: 'application/xml',
    version,
    maxAgeSeconds: 600,
    content: () => {
      if (downloads >= maxDownloads) throw busy()
      return counted(readMerchantFeed())
    },
  })
}

async function* counted(steps: AsyncGenerator<string>) {
  downloads += 1
  try {
    yield* steps
  } finally {
    downloads -= 1
  }
}

function busy(): Response {
  return new Response('Temporarily unavailable', {
    status: 503,
    headers: { 'retry-after': '60', 'cache-control': 'no-store' },
  })
}
