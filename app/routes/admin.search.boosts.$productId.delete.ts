import { removeBoost } from '#app/domain/search/edit-boosts.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

const button = buttonAction({
  ids: ['productId'],
  command: ({ productId }, by) => removeBoost(productId, by),
  page: () => urls.admin.searchBoosts(),
  done: 'Product ranks normally again.',
})

export const loader = button.loader
export const action = button.action
