import { markNotificationRead } from '#app/domain/notifications/notifications.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

/** Marks a notification as read and redirects to its subject. */
const button = buttonAction({
  ids: ['notificationId'],
  command: ({ notificationId }, userId) => markNotificationRead(userId, notificationId),
  page: (_, read) => read?.href ?? urls.account.notifications(),
})

export const loader = button.loader
export const action = button.action
