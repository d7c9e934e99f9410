import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import type { Column } from '#app/components/admin/data-table.tsx'
import { ListPage } from '#app/components/admin/list-page.tsx'
import { oneOf, pageOf, queryOf, withParams } from '#app/components/admin/list-params.ts'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { ReviewStatus } from '#app/components/admin/review-status.tsx'
import { Status } from '#app/components/admin/status.tsx'
import { useFrozenRows } from '#app/components/admin/use-frozen-rows.ts'
import { DateTime } from '#app/components/date-time.tsx'
import { revalidateOn } from '#app/components/live/revalidate-on.ts'
import { Stars } from '#app/components/stars.tsx'
import { formatCount } from '#app/domain/intl.ts'
import {
  countQueue,
  listQueue,
  type QueueFilter,
  queuePageSize,
} from '#app/domain/reviews/review-queue.server.ts'
import { livePosition } from '#app/domain/realtime/hub-instance.ts'
import { topics } from '#app/domain/realtime/topics.ts'
import { grantToVisitor } from '#app/http/events/event-stream-grant.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { getVisitor } from '#app/http/session/session.server.ts'
import { urls } from '#app/urls.ts'
import { BulkForm, SelectReview } from './bulk-form.tsx'

export const handle = { access: 'reviews' } satisfies RouteHandle

export const meta = () => adminMeta('Reviews')

const filters = ['pending', 'reported', 'approved', 'rejected', 'all'] as const satisfies QueueFilter[]

const filterLabels = {
  pending: 'Pending',
  reported: 'Reported',
  approved: 'Published',
  rejected: 'Rejected',
  all: 'All',
} satisfies Record<QueueFilter, string>

export async function loader({ request }: LoaderFunctionArgs) {
  const position = livePosition()
  const { sessionId } = await getVisitor(request)
  const params = new URL(request.url).searchParams
  const asked = { filter: oneOf(filters, params.get('show')), query: queryOf(params), page: pageOf(params) }
  const [list, counts] = await Promise.all([listQueue(asked), countQueue()])
  const live = grantToVisitor(request, { sessionId, position, topics: [topics.reviews] })
  return { ...list, counts, asked, perPage: queuePageSize, live }
}

export const shouldRevalidate = revalidateOn(['reviews'])

type Row = Awaited<ReturnType<typeof loader>>['reviews'][number]

const columns: Column<Row>[] = [
  {
    label: 'Review',
    isHead: true,
    cell: (review) => (
      <span className="selectable">
        <SelectReview review={review} />
        <span>
          <Link className="list__link" to={urls.admin.review(review.id)} dir="auto">
            {review.title || review.productTitle}
          </Link>
          <span className="sub queue__text" dir="auto">
            {review.text.slice(0, 300)}
          </span>
        </span>
      </span>
    ),
  },
  { label: 'Stars', isNarrow: true, cell: ({ stars }) => <Stars average={stars} /> },
  { label: 'Product', isWide: true, cell: ({ productTitle }) => <span dir="auto">{productTitle}</span> },
  {
    label: 'Author',
    isNarrow: true,
    cell: (review) => (
      <>
        <span dir="auto">{review.authorName}</span>
        <span className="sub">{review.isVerified ? 'Verified buyer' : 'Not verified'}</span>
      </>
    ),
  },
  {
    label: 'Status',
    isNarrow: true,
    cell: ({ status, reportCount, photoCount }) => (
      <>
        <ReviewStatus status={status} />
        {reportCount > 0 && (
          <span className="sub">
            <Status tone="bad">{formatCount(reportCount, 'report')}</Status>
          </span>
        )}
        {photoCount > 0 && <span className="sub">{formatCount(photoCount, 'photo')}</span>}
      </>
    ),
  },
  { label: 'Written', isNarrow: true, cell: ({ submittedAt }) => <DateTime at={submittedAt} /> },
]

export default function Reviews() {
  const { reviews, total, counts, asked, perPage } = useLoaderData<typeof loader>()
  const [params] = useSearchParams()
  const still = useFrozenRows(reviews, counts.all)
  const isEmpty = counts.all === 0
  return (
    <ListPage
      title="Reviews"
      about="Reviews are shown on a product’s page once you approve them."
      actions={<NewReviews count={still.newCount} params={params} />}
      tabs={{
        name: 'Filter reviews',
        values: filters,
        labels: filterLabels,
        countOf: (filter) => counts[filter],
        current: asked.filter,
      }}
      search={{
        query: asked.query,
        label: 'Search reviews by product, text, or author',
        placeholder: 'Product, text, name or email',
        keep: { show: asked.filter === 'pending' ? null : asked.filter },
      }}
      filters={still.rows.length > 0 && <BulkForm reviews={still.rows} />}
      rows={still.rows}
      columns={columns}
      empty={{
        icon: 'reviews',
        title: isEmpty ? 'No reviews yet' : asked.query ? 'No reviews match' : 'All caught up',
        children: isEmpty ? (
          <p>
            Customers write reviews on product pages. You can also{' '}
            <Link to={urls.admin.settings('marketing')}>ask for them by email</Link> after delivery.
          </p>
        ) : (
          <p>{asked.query ? 'Try a part of the product’s title.' : 'No reviews with this status.'}</p>
        ),
      }}
      pages={{ page: asked.page, perPage, total, noun: ['review', 'reviews'] }}
    />
  )
}

/** Announced by screen readers when it appears; its space is reserved, so that nothing below it moves. */
function NewReviews({ count, params }: { count: number; params: URLSearchParams }) {
  return (
    <p className="news" role="status">
      {count > 0 && (
        <>
          {formatCount(count, 'new review')}{' '}
          <Link className="button" to={withParams(params, { show: null, q: null, page: null })}>
            Show
          </Link>
        </>
      )}
    </p>
  )
}
