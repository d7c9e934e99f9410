import { retryImages } from '#app/domain/imports/image-fetches.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

const button = buttonAction({
  ids: ['importId', 'fetchId'],
  command: ({ importId, fetchId }, by) => retryImages({ importId, fetchId, by }),
  page: ({ importId }) => urls.admin.importImages(importId),
  done: 'The image will be fetched again.',
  refusals: { 'none-failed': 'This page is out of date: the image is being fetched already.' },
})

export const loader = button.loader
export const action = button.action
