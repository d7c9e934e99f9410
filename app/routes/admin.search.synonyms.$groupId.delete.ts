import { deleteSynonyms } from '#app/domain/search/edit-synonyms.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

const button = buttonAction({
  ids: ['groupId'],
  command: ({ groupId }, by) => deleteSynonyms(groupId, by),
  page: () => urls.admin.search(),
  done: 'Synonyms deleted.',
})

export const loader = button.loader
export const action = button.action
