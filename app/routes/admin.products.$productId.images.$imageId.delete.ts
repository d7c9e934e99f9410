import { deleteProductImage } from '#app/domain/products/product-images.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

const button = buttonAction({
  ids: ['productId', 'imageId'],
  command: (ids, by) => deleteProductImage({ ...ids, by }),
  page: ({ productId }) => urls.admin.productImages(productId),
  done: 'Image deleted.',
})

export const loader = button.loader
export const action = button.action
