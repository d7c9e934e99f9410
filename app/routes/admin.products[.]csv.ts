import { Readable } from 'node:stream'
import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node'
import { oneOf, queryOf } from '#app/components/admin/list-params.ts'
import { exportProducts } from '#app/domain/imports/export-products.server.ts'
import { productFilters } from '#app/domain/products/list-products.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { orNotFound } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { env } from '#env'

export const handle = { access: 'catalog' } satisfies RouteHandle

/** The products of the list's filter and search in Shopify's format, streamed in steps. */
export async function loader({ request }: LoaderFunctionArgs) {
  const settings = orNotFound(await getSettings())
  const params = new URL(request.url).searchParams
  const selection = {
    filter: oneOf(productFilters, params.get('show')),
    query: queryOf(params),
    lowStock: settings.lowStockThreshold,
  }
  const rows = exportProducts(selection, { currency: settings, now: new Date(), origin: env.appOrigin })
  return new Response(createReadableStreamFromReadable(Readable.from(toBytes(rows))), {
    headers: {
      'cache-control': 'private, no-store',
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="products.csv"',
    },
  })
}

async function* toBytes(texts: AsyncIterable<string>) {
  for await (const text of texts) yield Buffer.from(text)
}
