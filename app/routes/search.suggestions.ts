import type { LoaderFunctionArgs } from '@remix-run/node'
import { suggest } from '#app/domain/search/suggest.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'

export const handle = { access: 'everyone', limits: { loader: 'suggestions' } } satisfies RouteHandle

/** Suggestions for a query that is being typed. The browser reuses them, such as when letters are deleted again. */
export async function loader({ request }: LoaderFunctionArgs) {
  const typed = new URL(request.url).searchParams.get('q') ?? ''
  return Response.json(await suggest(typed), { headers: { 'cache-control': 'private, max-age=60' } })
}
