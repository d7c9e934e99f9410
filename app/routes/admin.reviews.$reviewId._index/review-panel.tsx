import { Link } from '@remix-run/react'
import { Panel } from '#app/components/admin/panel.tsx'
import { DateTime } from '#app/components/date-time.tsx'
import { Stars } from '#app/components/stars.tsx'
import { formatCount } from '#app/domain/intl.ts'
import { type ReportReason, reportReasonLabels, type ReviewPhoto } from '#app/domain/reviews/reviews.ts'
import { urls } from '#app/urls.ts'

type Shown = {
  id: number
  stars: number
  text: string
  productId: number
  productTitle: string
  authorName: string
  email: string
  userId: number | null
  isVerified: boolean
  helpfulCount: number
  submittedAt: Date
  photos: ReviewPhoto[]
}

export function ReviewPanel({ review }: { review: Shown }) {
  return (
    <Panel title="Review">
      <p>
        <Stars average={review.stars} />{' '}
        <Link to={urls.admin.product(review.productId)} dir="auto">
          {review.productTitle}
        </Link>
      </p>
      <p className="review-text apart" dir="auto">
        {review.text}
      </p>
      {review.photos.length > 0 && (
        <ul role="list" className="review-photos apart">
          {review.photos.map(({ id, width, height }, index) => (
            <li key={id}>
              <a href={urls.admin.reviewPhoto(review.id, id)}>
                <img
                  src={urls.admin.reviewPhoto(review.id, id)}
                  alt={`Enlarge ${index + 1} of ${review.photos.length}`}
                  {...{ width, height }}
                  loading="lazy"
                />
              </a>
            </li>
          ))}
        </ul>
      )}
      <p className="soft small apart">
        <bdi>{review.authorName}</bdi>,{' '}
        {review.userId === null ? (
          review.email
        ) : (
          <Link to={urls.admin.customer(review.userId)}>{review.email}</Link>
        )}
        {review.isVerified ? ', verified buyer' : ', no delivered order'}.{' '}
        <DateTime at={review.submittedAt} as="dated" />.{' '}
        {review.helpfulCount > 0 && `${formatCount(review.helpfulCount, 'helpful vote')}.`}
      </p>
    </Panel>
  )
}

type Report = { id: number; reason: ReportReason; note: string; createdAt: Date }

export function ReportsPanel({ reports }: { reports: Report[] }) {
  if (reports.length === 0) return null
  return (
    <Panel title={formatCount(reports.length, 'report')}>
      <ul role="list" className="review-reports">
        {reports.map(({ id, reason, note, createdAt }) => (
          <li key={id}>
            {reportReasonLabels[reason]}{' '}
            <span className="soft small">
              <DateTime at={createdAt} />
            </span>
            {note && (
              <p className="small" dir="auto">
                {note}
              </p>
            )}
          </li>
        ))}
      </ul>
      <p className="soft small apart">Approving or rejecting the review closes its reports.</p>
    </Panel>
  )
}
