import { redirect } from '@remix-run/node'
import { type HandleKind, getRenamedTo } from '#app/domain/storefront/handle-history.server.ts'
import { urls } from '#app/urls.ts'

/**
 * For the address of a product, collection or page that shoppers cannot see: throws a redirect (301) to the current address
 * if this is a former one, with the query string, otherwise a 404.
 */
export async function movedOrNotFound(request: Request, kind: HandleKind, handle: string): Promise<never> {
  const current = await getRenamedTo(kind, handle)
  if (current === null) throw new Response('Not found', { status: 404 })
  throw redirect(addresses[kind](current) + new URL(request.url).search, 301)
}

const addresses = {
  product: (handle) => urls.product(handle),
  collection: urls.collection,
  page: urls.page,
} satisfies Record<HandleKind, (handle: string) => string>
