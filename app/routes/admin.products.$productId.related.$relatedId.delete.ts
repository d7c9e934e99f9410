import { removePickedProduct } from '#app/domain/recommendations/picked-products.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

const button = buttonAction({
  ids: ['productId', 'relatedId'],
  command: (ids, by) => removePickedProduct({ ...ids, by }),
  page: ({ productId }) => urls.admin.relatedProducts(productId),
  done: 'Product removed from the list.',
})

export const loader = button.loader
export const action = button.action
