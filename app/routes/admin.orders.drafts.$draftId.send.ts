import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { draftVersionSchema } from '#app/domain/drafts/draft.schema.ts'
import { sendDraft, type SendDraftResult } from '#app/domain/drafts/send-draft.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'orders' } satisfies RouteHandle

/** POST only; a GET redirects to the draft. */
export const loader = ({ params }: LoaderFunctionArgs) =>
  redirect(urls.admin.draft(parseId(params.draftId)), 303)

const refusals = {
  stale: 'This draft was changed or sent already, so nothing was sent. Check it and send it again.',
  'not-open': 'This draft was placed or deleted, so nothing was sent.',
  'no-email': 'Enter the customer’s email address and save the draft first.',
} satisfies Record<Exclude<Extract<SendDraftResult, { ok: false }>['reason'], 'not-found'>, string>

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const draftId = parseId(params.draftId)
  const submission = await parseForm(request, draftVersionSchema)
  const page = urls.admin.draft(draftId)
  // Without the version of a page: nothing says what would be sent.
  if (submission.status !== 'success') return redirectWithToast(page, { kind: 'error', text: refusals.stale })
  const result = await sendDraft({ draftId, version: submission.value.version, by: staff.id })
  if (result.ok) return redirectWithToast(page, { kind: 'success', text: `Sent to ${result.to}.` })
  if (result.reason === 'not-found') throw orNotFound(null)
  return redirectWithToast(page, { kind: 'error', text: refusals[result.reason] })
}
