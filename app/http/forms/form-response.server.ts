import type { Submission } from '@conform-to/react'
import { data } from '@remix-run/node'
import type { FormResponse } from '#app/components/server-form.tsx'
import { noStore } from './respond.server.ts'

/**
 * The form again, with the submitted values and the errors: 422 for field errors, or the status that fits a refusal
 * (`problem`, or `errors` of fields that only the domain could find).
 */
export function formResponse(
  submission: Submission<unknown>,
  refusal: { problem?: string; errors?: Record<string, string[]>; status?: number } = {},
) {
  const answer: FormResponse = {
    typed: typedStrings(submission),
    errors: refusal.errors ?? (submission.status === 'error' ? submission.error : null) ?? {},
    problem: refusal.problem ?? null,
  }
  return data(answer, { status: refusal.status ?? 422, headers: noStore })
}

/** The submitted values of single-valued fields, for the page to show again. */
export function typedStrings({ payload }: Submission<unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(payload).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}
