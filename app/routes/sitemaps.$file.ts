import type { LoaderFunctionArgs } from '@remix-run/node'
import { getCatalogVersion } from '#app/domain/storefront/catalog-version.server.ts'
import {
  parseSitemapName,
  type SitemapEntry,
  sitemapEntry,
  sitemapFoot,
  sitemapHead,
} from '#app/domain/storefront/sitemap.ts'
import { readSitemapFile } from '#app/domain/storefront/sitemap.server.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import { publicFile } from '#app/http/pages/public-file.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { env } from '#env'

export const handle = { access: 'everyone', limits: { loader: 'sitemap' } } satisfies RouteHandle

/** One file of the sitemap, streamed in steps; 404 for a part without entries. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { kind, part } = orNotFound(parseSitemapName(params.file!))
  const version = await getCatalogVersion()
  const steps = readSitemapFile(kind, part)
  const { value: first } = await steps.next()
  const entries = orNotFound(first)
  return publicFile(request, {
    type: 'application/xml',
    version,
    maxAgeSeconds: 3600,
    content: () => contentOf(entries, steps),
  })
}

async function* contentOf(first: SitemapEntry[], others: AsyncIterable<SitemapEntry[]>) {
  yield sitemapHead + toXml(first)
  for await (const entries of others) yield toXml(entries)
  yield sitemapFoot
}

const toXml = (entries: SitemapEntry[]) => entries.map((entry) => sitemapEntry(entry, env.appOrigin)).join('')
