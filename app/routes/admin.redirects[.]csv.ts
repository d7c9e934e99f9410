import { Readable } from 'node:stream'
import { createReadableStreamFromReadable } from '@remix-run/node'
import { csvLine } from '#app/domain/csv.ts'
import { readAllRedirects } from '#app/domain/redirects/edit-redirects.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

/** All redirects as a file in Shopify's format, streamed in steps. */
export function loader() {
  return new Response(createReadableStreamFromReadable(Readable.from(csvOf())), {
    headers: {
      'cache-control': 'private, no-store',
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="redirects.csv"',
    },
  })
}

/** Escaped paths are ASCII, so the file needs no byte order mark, which not all programs understand. */
async function* csvOf() {
  yield Buffer.from(csvLine(['Redirect from', 'Redirect to']))
  for await (const rows of readAllRedirects())
    yield Buffer.from(rows.map(({ path, target }) => csvLine([encodeURI(path), target])).join(''))
}
