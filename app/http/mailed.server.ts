import type { ActionFunctionArgs } from '@remix-run/node'
import { addressedSchema } from '#app/domain/accounts/accounts.schema.ts'
import { requestMail } from '#app/domain/accounts/sign-up.server.ts'
import { urls } from '#app/urls.ts'
import { answerForm } from './answer-form.server.ts'
import { parseForm } from './parse-form.ts'
import { limitTries } from './rate-limit.ts'
import { redirectWithToast } from './respond.server.ts'

/**
 * The action of a form that is answered by mail: the same status, words and time for every address. What the mail
 * says, and whether there is anything to say at all, is found out later. Counted by address and mailbox.
 */
export async function answerByMail(
  kind: Parameters<typeof requestMail>[0],
  { request, context }: ActionFunctionArgs,
) {
  const submission = await parseForm(request, addressedSchema)
  if (submission.status !== 'success') return answerForm(submission)
  const { email } = submission.value
  await limitEmails(context.ip, kind, email)
  await requestMail(kind, email)
  return redirectMailed(email)
}

/**
 * Counts an email that somebody asks for, by address, by kind and mailbox, and by mailbox alone; throws the 429 Response
 * when one of them has had enough. It counts the same whether an email goes out or not.
 */
export async function limitEmails(ip: string, kind: string, email: string): Promise<void> {
  await limitTries('mailAddress', ip)
  await limitTries('mail', ip, kind, email)
  await limitMailbox(email)
}

/** The last of them alone, for what staff send to a mailbox. */
export async function limitMailbox(email: string): Promise<void> {
  await limitTries('mailbox', email)
}

/** 303 to the page that says what to do next, the same whether a mail goes out or not. */
export function redirectMailed(email: string) {
  return redirectWithToast(urls.checkYourMail(), { kind: 'info', text: `For ${email}: look into your mail.` })
}
