import { getUnpublishedProductPage } from '#app/domain/storefront/product-page.server.ts'
import { asksForPreview } from '#app/http/pages/preview.server.ts'

/**
 * The page of a product that shoppers cannot see, for staff who may edit it and ask for it; null for everyone else, and
 * for a product that is published.
 */
export async function getPreview(request: Request, handle: string) {
  return (await asksForPreview(request)) ? getUnpublishedProductPage(handle) : null
}
