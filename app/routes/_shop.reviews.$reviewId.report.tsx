import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { Field } from '#app/components/field.tsx'
import { formFields } from '#app/components/form-fields.ts'
import { Honeypot } from '#app/components/honeypot.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { ChoiceField } from '#app/components/admin/fields.tsx'
import { ServerForm } from '#app/components/server-form.tsx'
import { reportReasonLabels } from '#app/domain/reviews/reviews.ts'
import { reportSchema } from '#app/domain/reviews/reviews.schema.ts'
import { getPublishedReview, reportReview } from '#app/domain/reviews/votes.server.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { formResponse } from '#app/http/forms/form-response.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { noStore, orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { ensureSession } from '#app/http/session/session.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone', limits: { action: 'reviewReport' } } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Report a review', isPrivate: true })

export const headers = () => noStore

export async function loader({ params }: LoaderFunctionArgs) {
  const review = orNotFound(await getPublishedReview(parseId(params.reviewId)))
  return data({ review, constraint: constraintsOf(reportSchema) }, { headers: noStore })
}

/** The answer is the same for a repeated report, and for a program that fills in the honeypot. */
export async function action({ request, params }: ActionFunctionArgs) {
  const submission = await parseForm(request, reportSchema)
  const review = orNotFound(await getPublishedReview(parseId(params.reviewId)))
  if (submission.status !== 'success') return formResponse(submission)
  const { website, ...report } = submission.value
  const { shopper, headers } = await ensureSession(request)
  if (website === '') {
    const result = await reportReview({ shopper, reviewId: review.id, ...report })
    if (!result.ok && result.reason === 'not-found') throw orNotFound(null)
  }
  const text = 'Thank you. We will check this review.'
  return redirectWithToast(urls.productReviews(review.handle), { kind: 'success', text }, { headers })
}

export default function ReportReview() {
  const { review, constraint } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const form = formFields<Record<string, unknown>>({ answer, constraint })
  const choices = Object.entries(reportReasonLabels).map(([value, label]) => ({ value, label }))
  return (
    <div className="page page--narrow">
      <header className="page-head">
        <h1>Report a review</h1>
        <p className="soft">
          By <bdi>{review.authorName}</bdi>, of <bdi>{review.productTitle}</bdi>
        </p>
      </header>
      <blockquote className="review__reply">
        <p className="review__text" dir="auto">
          {review.text}
        </p>
      </blockquote>
      <ServerForm
        action={urls.reportReview(review.id)}
        answer={answer}
        submit="Report review"
        busy="Sending…"
        className="door__form"
      >
        <Honeypot />
        <ChoiceField {...form.field('reason')} label="What is wrong with it?" choices={choices} />
        <Field {...form.field('note')} label="Details" isOptional />
      </ServerForm>
      <p className="door__ways">
        <Link to={urls.productReviews(review.handle)}>Back to the product</Link>
      </p>
    </div>
  )
}
