import { redirect } from '@remix-run/node'
import { type HandleKind, getRenamedTo } from '#app/domain/storefront/handle-history.server.ts'
import { urls } from '#app/urls.ts'

/**
 * For the address of a product or collection that shoppers cannot see: throws a redirect (301) to the current address
 * if this is a former one, with the query string, otherwise a 404.
 */
export async function movedOrNotFound(request: Request, kind: HandleKind, handle: string): Promise<never> {
  const current = await getRenamedTo(kind, handle)
  if (current === null) throw new Response('Not found', { status: 404 })
  const address = kind === 'product' ? urls.product(current) : urls.collection(current)
  throw redirect(address + new URL(request.url).search, 301)
}
