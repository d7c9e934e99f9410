import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { revalidateForm } from '#app/components/admin/edit-form.tsx'
import { PageHead } from '#app/components/admin/page-head.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { ReviewStatus } from '#app/components/admin/review-status.tsx'
import { replyToReview, type ReplyResult } from '#app/domain/reviews/moderate-reviews.server.ts'
import { getReviewForStaff } from '#app/domain/reviews/review-queue.server.ts'
import { replySchema } from '#app/domain/reviews/reviews.schema.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'
import { DecisionPanel } from './decision-panel.tsx'
import { ReplyForm } from './reply-form.tsx'
import { ReportsPanel, ReviewPanel } from './review-panel.tsx'

export const handle = { access: 'reviews' } satisfies RouteHandle

export const meta = () => adminMeta('Review')

export async function loader({ params }: LoaderFunctionArgs) {
  const review = orNotFound(await getReviewForStaff(parseId(params.reviewId)))
  return { review, constraint: constraintsOf(replySchema) }
}

const refusals = {
  stale:
    'The author or someone else changed this review, so nothing was saved. Copy your reply, then reload the page.',
} satisfies Record<Exclude<Extract<ReplyResult, { ok: false }>['reason'], 'not-found'>, string>

/** Saves the store's reply. */
export async function action({ request, params }: ActionFunctionArgs) {
  const { id: by } = await requireUser(request)
  const id = parseId(params.reviewId)
  const submission = await parseForm(request, replySchema)
  if (submission.status !== 'success') return formResponse(submission)
  const result = await replyToReview({ id, by, ...submission.value })
  if (result.ok) return redirectWithToast(urls.admin.review(id), { kind: 'success', text: 'Saved.' })
  if (result.reason === 'not-found') throw orNotFound(null)
  return formResponse(submission, { problem: refusals[result.reason] })
}

export const shouldRevalidate = revalidateForm

export default function Review() {
  const { review, constraint } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <>
      <PageHead
        crumbs={[{ to: urls.admin.reviews(), label: 'Reviews' }]}
        title={review.title || `Review of ${review.productTitle}`}
        mark={<ReviewStatus status={review.status} />}
      />
      <div className="settings">
        <ReviewPanel review={review} />
        <ReportsPanel reports={review.reports} />
        <DecisionPanel review={review} />
        <ReplyForm key={review.version} review={review} answer={answer} constraint={constraint} />
      </div>
    </>
  )
}
