import { deletePin } from '#app/domain/search/edit-pins.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

const button = buttonAction({
  ids: ['pinId'],
  command: ({ pinId }, by) => deletePin(pinId, by),
  page: () => urls.admin.searchPins(),
  done: 'Query deleted.',
})

export const loader = button.loader
export const action = button.action
