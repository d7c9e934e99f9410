import type { Submission } from '@conform-to/react'
import { data } from '@remix-run/node'
import type { FormAnswer } from '#app/components/server-form.tsx'
import { noStore } from './respond.server.ts'

/**
 * The form again, with what was typed and what is wrong: 422 for mistakes in fields, and whatever status fits a
 * refusal (`problem`, or `errors` of fields that only the domain could find).
 */
export function answerForm(
  submission: Submission<unknown>,
  refusal: { problem?: string; errors?: Record<string, string[]>; status?: number } = {},
) {
  const answer: FormAnswer = {
    typed: typedStrings(submission),
    errors: refusal.errors ?? (submission.status === 'error' ? submission.error : null) ?? {},
    problem: refusal.problem ?? null,
  }
  return data(answer, { status: refusal.status ?? 422, headers: noStore })
}

/** What was typed into the fields that hold one text each, as pages put it back. */
export function typedStrings({ payload }: Submission<unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(payload).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}
