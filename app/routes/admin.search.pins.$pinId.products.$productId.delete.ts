import { unpinProduct } from '#app/domain/search/edit-pins.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

const button = buttonAction({
  ids: ['pinId', 'productId'],
  command: (ids, by) => unpinProduct({ ...ids, by }),
  page: ({ pinId }) => urls.admin.searchPin(pinId),
  done: 'Product unpinned.',
})

export const loader = button.loader
export const action = button.action
