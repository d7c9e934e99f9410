import type { Submission } from '@conform-to/react'
import { data } from '@remix-run/node'
import type { FormResponse } from '#app/components/server-form.tsx'
import { noStore, refusedFormStatus } from './respond.server.ts'

/**
 * The form again, with the submitted values and the errors: a refusal of the command is a `problem` of the form (409),
 * or `errors` of fields that only the domain could find (422). `status` is for sign-in, which answers 401.
 */
export function formResponse(
  submission: Submission<unknown>,
  refusal: { problem?: string; errors?: Record<string, string[]>; status?: 401 } = {},
) {
  const answer: FormResponse = {
    typed: typedStrings(submission),
    errors: refusal.errors ?? (submission.status === 'error' ? submission.error : null) ?? {},
    problem: refusal.problem ?? null,
  }
  return data(answer, {
    status: refusal.status ?? refusedFormStatus(submission, refusal.errors),
    headers: noStore,
  })
}

/** The submitted values of single-valued fields, for the page to show again. */
export function typedStrings({ payload }: Submission<unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(payload).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}
