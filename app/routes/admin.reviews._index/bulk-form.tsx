import { Form, Link } from '@remix-run/react'
import { selectionValue } from '#app/components/admin/review-status.tsx'
import { urls } from '#app/urls.ts'

const formId = 'bulk'

type Selectable = { id: number; version: number; authorName: string; productTitle: string }

/** Leads to the page that confirms the decision about the reviews that are selected in the table below. */
export function BulkForm({ reviews }: { reviews: Selectable[] }) {
  const all = new URLSearchParams(reviews.map((review) => ['review', selectionValue(review)]))
  return (
    <Form id={formId} method="get" action={urls.admin.approveReviews()} className="filters">
      <button className="button button--small" type="submit">
        Approve selected
      </button>
      <button className="button button--small" type="submit" formAction={urls.admin.rejectReviews()}>
        Reject selected
      </button>
      <Link className="button button--small button--quiet" to={`${urls.admin.approveReviews()}?${all}`}>
        Approve all on this page
      </Link>
    </Form>
  )
}

export function SelectReview({ review }: { review: Selectable }) {
  return (
    <input
      type="checkbox"
      name="review"
      value={selectionValue(review)}
      form={formId}
      aria-label={`Select review of ${review.productTitle} by ${review.authorName}`}
    />
  )
}
