import { sendTestEmail, type TestEmailResult } from '#app/domain/emails/send-test-email.server.ts'
import { buttonAction } from '#app/http/forms/button-action.server.ts'
import type { Toast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { enforceRateLimit } from '#app/http/server/rate-limit.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'orders' } satisfies RouteHandle

const button = buttonAction({
  ids: [],
  command: async (_, by) => {
    await enforceRateLimit('testEmail', String(by))
    return sendTestEmail(by)
  },
  page: () => urls.admin.emails(),
  done: toToast,
})

function toToast(result: TestEmailResult): Toast {
  if (result.kind === 'sent')
    return { kind: 'success', text: `Test email sent to ${result.to}. Check that it arrived.` }
  if (result.kind === 'failed')
    return { kind: 'error', text: `The test email to ${result.to} was not sent. ${result.detail}` }
  return { kind: 'error', text: 'No email was sent, because no email service is set up.' }
}

export const loader = button.loader
export const action = button.action
