import { deleteHomeSection } from '#app/domain/storefront/home-sections.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

const button = buttonAction({
  ids: ['sectionId'],
  command: ({ sectionId }, by) => deleteHomeSection(sectionId, by),
  page: () => urls.admin.homePage(),
  done: 'Section deleted.',
})

export const loader = button.loader
export const action = button.action
