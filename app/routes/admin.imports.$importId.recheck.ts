import { startReading } from '#app/domain/imports/imports.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'catalog' } satisfies RouteHandle

const button = buttonAction({
  ids: ['importId'],
  command: ({ importId }, by) => startReading(importId, by),
  page: ({ importId }) => urls.admin.import(importId),
  done: 'The file is being checked again.',
  refusals: { 'wrong-state': 'This page is out of date, so nothing was changed.' },
})

export const loader = button.loader
export const action = button.action
