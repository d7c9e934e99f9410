import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { pageMeta } from '#app/components/page-meta.ts'
import { ReviewForm } from '#app/components/review-form.tsx'
import { getOwnReview } from '#app/domain/reviews/own-reviews.server.ts'
import { findOrderToReview } from '#app/domain/reviews/request-reviews.server.ts'
import { reviewSchema } from '#app/domain/reviews/reviews.schema.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { noStore, orNotFound } from '#app/http/forms/respond.server.ts'
import { reviewAction } from '#app/http/forms/review-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone', limits: { action: 'review' } } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Write a review', isPrivate: true })

export const headers = () => noStore

/** The product of the order that the link is for; a 404 for another product and for an expired link. */
async function findProduct(params: LoaderFunctionArgs['params']) {
  const productId = parseId(params.productId)
  const order = orNotFound(await findOrderToReview(params.token!))
  const product = orNotFound(order.products.find((one) => one.productId === productId))
  return { author: order.author, name: order.name, product }
}

export async function loader({ params }: LoaderFunctionArgs) {
  const { author, name, product } = await findProduct(params)
  const own = await getOwnReview(author, product.productId)
  const constraint = constraintsOf(reviewSchema)
  // The token does not show more of the order than it has to.
  return data(
    { token: params.token!, product, own, name: name.split(' ')[0]!, constraint },
    { headers: noStore },
  )
}

export async function action({ request, params }: ActionFunctionArgs) {
  return reviewAction(request, async () => {
    const { author, product } = await findProduct(params)
    const page = urls.orderReviews(params.token!)
    return { author, productId: product.productId, isOrdered: true, page }
  })
}

export default function OrderReview() {
  const { token, product, own, name, constraint } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <div className="page page--narrow">
      <header className="page-head">
        <h1>{own ? 'Your review' : 'Write a review'}</h1>
        <p className="soft">
          Of <bdi>{product.title}</bdi>
        </p>
      </header>
      <ReviewForm
        action={urls.orderReview(token, product.productId)}
        {...{ own, name, answer, constraint }}
        back={{ to: urls.orderReviews(token), label: 'Back' }}
      />
    </div>
  )
}
