import { resendEmail } from '#app/domain/emails/send-email.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'orders' } satisfies RouteHandle

const button = buttonAction({
  ids: ['emailId'],
  command: ({ emailId }, by) => resendEmail(emailId, by),
  page: ({ emailId }) => urls.admin.email(emailId),
  done: (isQueued) =>
    isQueued
      ? { kind: 'success', text: 'Email queued again.' }
      : { kind: 'info', text: 'This email was already sent or is queued.' },
})

export const loader = button.loader
export const action = button.action
