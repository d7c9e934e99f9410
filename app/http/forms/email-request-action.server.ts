import type { ActionFunctionArgs } from '@remix-run/node'
import { emailSchema } from '#app/domain/accounts/accounts.schema.ts'
import { requestSignUpEmail } from '#app/domain/accounts/sign-up.server.ts'
import { isEmailServiceSet } from '#app/domain/mail/delivery.server.ts'
import { urls } from '#app/urls.ts'
import { formResponse } from './form-response.server.ts'
import { parseForm } from './parse-form.ts'
import { enforceRateLimit } from '#app/http/server/rate-limit.ts'
import { redirectWithToast } from './respond.server.ts'

/**
 * The action of a form that is answered by email: the same status, text and timing for every address. The job decides
 * what the email says, and whether there is one at all. Rate-limited by address and mailbox.
 */
export async function emailRequestAction(
  kind: Parameters<typeof requestSignUpEmail>[0],
  { request, context }: ActionFunctionArgs,
) {
  const submission = await parseForm(request, emailSchema)
  if (submission.status !== 'success') return formResponse(submission)
  const { email } = submission.value
  await limitEmails(context.ip, kind, email)
  await requestSignUpEmail(kind, email)
  return redirectToCheckEmail(email)
}

/**
 * Counts a requested email by address, by kind and mailbox, and by mailbox alone; throws the 429 Response when one
 * limit is exceeded. Counts the same whether an email is sent or not.
 */
export async function limitEmails(ip: string, kind: string, email: string): Promise<void> {
  await enforceRateLimit('emailLinkAddress', ip)
  await enforceRateLimit('emailLink', ip, kind, email)
  await limitMailbox(email)
}

/** The same for stock alerts: one person may ask for several variants. */
export async function limitAlerts(ip: string, email: string): Promise<void> {
  await enforceRateLimit('emailLinkAddress', ip)
  await limitMailbox(email)
}

/** Only the mailbox limit, for what staff send to a mailbox. */
export async function limitMailbox(email: string): Promise<void> {
  await enforceRateLimit('mailbox', email)
}

/** 303 to the page that says what to do next, the same whether an email is sent or not. */
export function redirectToCheckEmail(email: string) {
  const text = isEmailServiceSet() ? `Check your inbox at ${email}.` : `We saved your request for ${email}.`
  return redirectWithToast(urls.checkYourEmail(), { kind: 'info', text })
}
