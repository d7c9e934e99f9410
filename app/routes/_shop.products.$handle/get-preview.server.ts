import { can } from '#app/domain/access/access.ts'
import { getUnpublishedProductPage } from '#app/domain/storefront/product-page.server.ts'
import { getVisitor } from '#app/http/session/session.server.ts'
import { previewParameter } from '#app/urls.ts'

/**
 * The page of a product that shoppers cannot see, for staff who may edit it and ask for it; null for everyone else, and
 * for a product that is published.
 */
export async function getPreview(request: Request, handle: string) {
  if (!new URL(request.url).searchParams.has(previewParameter)) return null
  const { user } = await getVisitor(request)
  return can(user, 'catalog') ? getUnpublishedProductPage(handle) : null
}
