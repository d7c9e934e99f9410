import { duplicateProduct } from '#app/domain/catalog/duplicate-product.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

const button = buttonAction({
  ids: ['productId'],
  command: ({ productId }, by) => duplicateProduct(productId, by),
  page: ({ productId }, copy) => urls.admin.product(copy?.id ?? productId),
  done: 'This is the copy: a draft without stock, SKUs and barcodes.',
})

export const loader = button.loader
export const action = button.action
