import { customizeHomePage } from '#app/domain/storefront/home-sections.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

const button = buttonAction({
  ids: [],
  command: (_, by) => customizeHomePage(by),
  page: () => urls.admin.homePage(),
  done: 'You can now change each section.',
})

export const loader = button.loader
export const action = button.action
