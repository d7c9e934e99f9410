import { removeMember } from '#app/domain/collections/collection-members.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

const button = buttonAction({
  ids: ['collectionId', 'productId'],
  command: (ids, by) => removeMember({ ...ids, by }),
  page: ({ collectionId }) => urls.admin.collectionProducts(collectionId),
  done: 'Product removed from the collection.',
})

export const loader = button.loader
export const action = button.action
