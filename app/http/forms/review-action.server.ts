import { discardUploads } from '#app/domain/media/unused-media.server.ts'
import { maxPhotos } from '#app/domain/reviews/reviews.ts'
import { reviewSchema } from '#app/domain/reviews/reviews.schema.ts'
import {
  type ReviewAuthor,
  submitReview,
  type SubmitReviewResult,
} from '#app/domain/reviews/submit-review.server.ts'
import { enforceRateLimit } from '#app/http/server/rate-limit.ts'
import { formResponse } from './form-response.server.ts'
import { orNotFound, redirectWithToast } from './respond.server.ts'
import { parseFormWithFewImages } from './store-images.server.ts'

const refusals = {
  taken: 'This product was already reviewed with your email address from another account.',
} satisfies Record<Exclude<Extract<SubmitReviewResult, { ok: false }>['reason'], 'not-found'>, string>

type Reviewed = { author: ReviewAuthor; productId: number; isOrdered: boolean; page: string }

/**
 * The action of a form for a review: saves it, and continues on `page` with a message. `find` returns what is reviewed
 * and by whom, or throws a 404 Response.
 */
export async function reviewAction(request: Request, find: () => Promise<Reviewed>) {
  const { submission, found, hashes, problem } = await parseFormWithFewImages(request, reviewSchema, {
    max: maxPhotos,
    find: async () => {
      const reviewed = await find()
      await enforceRateLimit('reviewAuthor', reviewed.author.email)
      return reviewed
    },
  })
  if (submission.status !== 'success') return formResponse(submission)
  const { author, productId, isOrdered, page } = found
  const done = () =>
    redirectWithToast(page, {
      kind: 'success',
      text: 'Thank you. Your review is published once we have checked it.',
    })
  const { website, removesPhotos, ...facts } = submission.value
  if (website !== '' || problem !== undefined) {
    await discardUploads(hashes)
    return problem === undefined ? done() : formResponse(submission, { errors: { photos: [problem] } })
  }
  const photos = hashes.length > 0 || removesPhotos ? hashes : null
  const result = await submitReview({ author, productId, facts, photos, isOrdered })
  if (result.ok) return done()
  await discardUploads(hashes)
  if (result.reason === 'not-found') throw orNotFound(null)
  return formResponse(submission, { problem: refusals[result.reason] })
}
