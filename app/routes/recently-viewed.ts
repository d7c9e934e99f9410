import type { LoaderFunctionArgs } from '@remix-run/node'
import { parseViewed } from '#app/domain/recommendations/viewed.ts'
import { listViewed } from '#app/domain/recommendations/viewed.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'

export const handle = { access: 'everyone', limits: { loader: 'search' } } satisfies RouteHandle

/** Products as lists show them. Which ones is stored in the browser only. */
export async function loader({ request }: LoaderFunctionArgs) {
  const ids = parseViewed(new URL(request.url).searchParams.get('ids'))
  return { cards: await listViewed(ids) }
}
