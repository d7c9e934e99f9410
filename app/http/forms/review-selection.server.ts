import type { z } from 'zod'
import { approvalSchema } from '#app/domain/reviews/reviews.schema.ts'
import { listSelected } from '#app/domain/reviews/review-queue.server.ts'
import type { Moderated, Selected } from '#app/domain/reviews/moderate-reviews.server.ts'
import { formatCount } from '#app/domain/intl.ts'
import { urls } from '#app/urls.ts'
import { parseFields } from './parse-form.ts'
import { redirectWithToast } from './respond.server.ts'

/** The reviews that the URL names, as they are now; throws a redirect to the list when there are none. */
export async function readSelection(request: Request) {
  const submission = parseFields<z.ZodType<{ review: Selected }>>(
    new URL(request.url).searchParams,
    approvalSchema,
  )
  const reviews = submission.status === 'success' ? await listSelected(submission.value.review) : []
  if (reviews.length > 0) return reviews
  const text =
    submission.status === 'success'
      ? 'These reviews have changed since you opened the list.'
      : (Object.values(submission.error ?? {}).flat()[0] ?? 'Select at least one review.')
  throw await redirectWithToast(urls.admin.reviews(), { kind: 'error', text })
}

/** Back to the list, with what was done: "3 reviews published." */
export function redirectAfter({ done, stale }: Moderated, verb: 'published' | 'rejected') {
  const skipped = `${formatCount(stale, 'review')} changed since you read ${stale === 1 ? 'it' : 'them'}. Read ${stale === 1 ? 'it' : 'them'} again.`
  const text = [done > 0 && `${formatCount(done, 'review')} ${verb}.`, stale > 0 && skipped]
    .filter(Boolean)
    .join(' ')
  return redirectWithToast(urls.admin.reviews(), { kind: stale > 0 ? 'error' : 'success', text })
}
