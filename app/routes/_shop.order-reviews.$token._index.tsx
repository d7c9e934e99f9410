import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { pageMeta } from '#app/components/page-meta.ts'
import { Stars } from '#app/components/stars.tsx'
import { getOwnReview } from '#app/domain/reviews/own-reviews.server.ts'
import { findOrderToReview, requestDays } from '#app/domain/reviews/request-reviews.server.ts'
import { reviewStatusLabels } from '#app/domain/reviews/reviews.ts'
import { noStore } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone' } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Review your order', isPrivate: true })

export const headers = () => noStore

/** From an email: the delivered products of an order. The link proves the mailbox, so it needs no sign-in. */
export async function loader({ params }: LoaderFunctionArgs) {
  const token = params.token!
  const order = await findOrderToReview(token)
  if (!order) return data({ token, products: null, requestDays }, { status: 404, headers: noStore })
  const products = await Promise.all(
    order.products.map(async (product) => {
      const own = await getOwnReview(order.author, product.productId)
      return { ...product, own: own && { stars: own.stars, status: own.status } }
    }),
  )
  return data({ token, products, requestDays }, { headers: noStore })
}

export default function OrderReviews() {
  const { token, products, requestDays } = useLoaderData<typeof loader>()
  if (!products) return <ExpiredLink days={requestDays} />
  return (
    <div className="page page--narrow">
      <header className="page-head">
        <h1>Review your order</h1>
        <p className="soft">Your review helps other customers to decide.</p>
      </header>
      <ul role="list" className="to-review">
        {products.map(({ productId, title, own }) => (
          <li key={productId}>
            <div className="to-review__words">
              <strong dir="auto">{title}</strong>
              {own && (
                <span className="small soft">
                  <Stars average={own.stars} /> {reviewStatusLabels[own.status]}
                </span>
              )}
            </div>
            <Link
              className={own ? 'button' : 'button button--primary'}
              to={urls.orderReview(token, productId)}
            >
              {own ? 'Edit review' : 'Write a review'}
              <span className="visually-hidden"> of {title}</span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}

function ExpiredLink({ days }: { days: number }) {
  return (
    <div className="page page--narrow">
      <header className="page-head">
        <h1>This link has expired</h1>
        <p className="soft">
          A link to review an order works for {days} days. You can also sign in and write a review on the
          product’s page.
        </p>
      </header>
      <Link className="button button--primary" to={urls.allProducts()}>
        Browse products
      </Link>
    </div>
  )
}
