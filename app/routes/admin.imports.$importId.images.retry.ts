import { formatCount } from '#app/domain/intl.ts'
import { retryImages } from '#app/domain/imports/image-fetches.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

const button = buttonAction({
  ids: ['importId'],
  command: ({ importId }, by) => retryImages({ importId, by }),
  page: ({ importId }) => urls.admin.importImages(importId),
  done: ({ count }) => ({ kind: 'success', text: `${formatCount(count, 'image')} will be fetched again.` }),
  refusals: { 'none-failed': 'This page is out of date: no image has failed.' },
})

export const loader = button.loader
export const action = button.action
