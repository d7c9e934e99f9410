import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { EmptyState } from '#app/components/empty-state.tsx'
import { pageMeta } from '#app/components/page-meta.ts'
import { Stars } from '#app/components/stars.tsx'
import { listOwnReviews } from '#app/domain/reviews/own-reviews.server.ts'
import { reviewStatusLabels } from '#app/domain/reviews/reviews.ts'
import { getAccountAuthor } from '#app/domain/reviews/submit-review.server.ts'
import { noStore } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Your reviews', isPrivate: true })

export const headers = () => noStore

export async function loader({ request }: LoaderFunctionArgs) {
  const author = await getAccountAuthor((await requireUser(request)).id)
  return data({ reviews: author ? await listOwnReviews(author) : [] }, { headers: noStore })
}

export default function OwnReviews() {
  const { reviews } = useLoaderData<typeof loader>()
  return (
    <>
      <header className="account__head">
        <h1>Reviews</h1>
      </header>
      {reviews.length === 0 ? (
        <EmptyState art="no reviews yet" title="No reviews yet">
          <p>You can review a product on its page.</p>
          <p className="empty__ways">
            <Link to={urls.account.orders()} className="button">
              Your orders
            </Link>
          </p>
        </EmptyState>
      ) : (
        <ul role="list" className="rows">
          {reviews.map(({ id, stars, title, text, status, rejectReason, productTitle, handle: product }) => (
            <li key={id} className="row">
              <div className="row__words">
                <h2 className="row__title" dir="auto">
                  <Link to={urls.product(product)}>{productTitle}</Link>
                </h2>
                <p className="small">
                  <Stars average={stars} /> {reviewStatusLabels[status]}
                </p>
                <p className="review__text" dir="auto">
                  {title || text.slice(0, 200)}
                </p>
                {rejectReason && (
                  <p className="soft small" dir="auto">
                    {rejectReason}
                  </p>
                )}
              </div>
              <Link className="button" to={urls.newReview(product)}>
                Edit<span className="visually-hidden"> review of {productTitle}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
