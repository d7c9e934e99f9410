import { type ActionFunctionArgs, data } from '@remix-run/node'
import { z } from 'zod'
import { optionalText } from '#app/domain/fields.ts'
import { getPublishedReview, voteForReview } from '#app/domain/reviews/votes.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { ensureSession } from '#app/http/session/session.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone', limits: { action: 'reviewVote' } } satisfies RouteHandle

/** "Helpful": one vote for each account and each guest's session. */
export async function action({ request, params }: ActionFunctionArgs) {
  const reviewId = parseId(params.reviewId)
  const submission = await parseForm(request, z.object({ respond: optionalText(20) }))
  const review = orNotFound(await getPublishedReview(reviewId))
  const { shopper, headers } = await ensureSession(request)
  const result = await voteForReview({ shopper, reviewId })
  if (!result.ok && result.reason === 'not-found') throw orNotFound(null)
  const text = result.ok ? 'Thank you for your vote.' : 'You have already voted for this review.'
  const isInline = submission.status === 'success' && submission.value.respond === 'inline'
  if (isInline) return data({ ok: result.ok, text }, { headers })
  const page = `${urls.product(review.handle)}#review-${reviewId}`
  return redirectWithToast(page, { kind: result.ok ? 'success' : 'info', text }, { headers })
}

/** The form is on the product's page. */
export const loader = () => orNotFound(null)
