import { Form, Link } from '@remix-run/react'
import { Panel } from '#app/components/admin/panel.tsx'
import { selectionValue } from '#app/components/admin/review-status.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import type { ReviewStatus } from '#app/domain/reviews/reviews.ts'
import { urls } from '#app/urls.ts'

type Decided = {
  id: number
  version: number
  handle: string
  status: ReviewStatus
  rejectReason: string
  reports: object[]
}

/** Approve, or go on to the form that asks for the reason. */
export function DecisionPanel({ review }: { review: Decided }) {
  const { status, rejectReason, handle, reports } = review
  const selection = selectionValue(review)
  return (
    <Panel title="Decision">
      {status === 'rejected' && (
        <p>
          Rejected: <span dir="auto">{rejectReason}</span>
        </p>
      )}
      {status === 'approved' && (
        <p>
          Published on <a href={urls.productReviews(handle)}>its product’s page</a>.
        </p>
      )}
      {status === 'pending' && <p>Not shown to anyone yet.</p>}
      <div className="row-of-actions apart">
        {(status !== 'approved' || reports.length > 0) && (
          <Form method="post" action={urls.admin.approveReviews()}>
            <CsrfField />
            <input type="hidden" name="review" value={selection} />
            <button className="button button--primary" type="submit">
              {status === 'approved' ? 'Keep published' : 'Approve'}
            </button>
          </Form>
        )}
        {status !== 'rejected' && (
          <Link className="button" to={`${urls.admin.rejectReviews()}?review=${selection}`}>
            Reject
          </Link>
        )}
      </div>
    </Panel>
  )
}
