import { redirect } from '@remix-run/node'
import {
  getRenamedTo,
  type HandleKind,
  isDeletedHandle,
} from '#app/domain/storefront/handle-history.server.ts'
import { urls } from '#app/urls.ts'

/**
 * For the address of a product, collection or page that shoppers cannot see: throws a redirect (301) to the current address
 * if this is a former one, with the query string; a 410 with the kind if it was deleted; otherwise a 404. A redirect
 * that staff added comes first: the guard of the routes looks for it.
 */
export async function movedOrNotFound(request: Request, kind: HandleKind, handle: string): Promise<never> {
  const current = await getRenamedTo(kind, handle)
  if (current !== null) throw redirect(addresses[kind](current) + new URL(request.url).search, 301)
  if (await isDeletedHandle(kind, handle)) throw new Response(kind, { status: 410, statusText: 'Gone' })
  throw new Response('Not found', { status: 404 })
}

const addresses = {
  product: (handle) => urls.product(handle),
  collection: urls.collection,
  page: urls.page,
} satisfies Record<HandleKind, (handle: string) => string>
