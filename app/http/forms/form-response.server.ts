import type { Submission } from '@conform-to/zod/v4'
import { data } from '@remix-run/node'
import type { FormResponse } from '#app/components/form-fields.ts'
import { noStore } from './respond.server.ts'

type Refusal = {
  /** Why the command refused the form. */
  problem?: string
  /** Errors of fields that only the domain could find. */
  errors?: Record<string, string[]>
  /** In place of 409 where a secret was wrong: 401 for sign-in, 403 for the setup code. */
  status?: 401 | 403
}

/**
 * The form again, with the submitted values and the errors. 422 when fields are invalid, 409 when they are valid and the
 * command refuses them (docs/decisions/073). `more` is added to what the page gets.
 */
export function formResponse<More extends object = object>(
  submission: Submission<unknown>,
  { problem, errors, status }: Refusal = {},
  more?: More,
) {
  const { '': ofForm, ...ofFields } = (errors ?? (submission.status === 'error' && submission.error)) || {}
  const answer: FormResponse = {
    typed: submission.payload,
    errors: ofFields,
    problem: problem ?? ofForm?.[0] ?? null,
  }
  const isRefusedByCommand = submission.status === 'success' && !errors
  return data(
    { ...answer, ...(more as More) },
    { status: status ?? (isRefusedByCommand ? 409 : 422), headers: noStore },
  )
}

/** The form again after a button that only searched: with the submitted values, `more` and no errors. */
export function searchResponse<More extends object>(submission: Submission<unknown>, more: More) {
  const answer: FormResponse = { typed: submission.payload, errors: {}, problem: null }
  return data({ ...answer, ...more }, { headers: noStore })
}
