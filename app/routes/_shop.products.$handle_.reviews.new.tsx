import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { pageMeta } from '#app/components/page-meta.ts'
import { ReviewForm } from '#app/components/review-form.tsx'
import { getProfile } from '#app/domain/accounts/profile.server.ts'
import { getOwnReview, getReviewedProduct } from '#app/domain/reviews/own-reviews.server.ts'
import { reviewSchema } from '#app/domain/reviews/reviews.schema.ts'
import { getAccountAuthor } from '#app/domain/reviews/submit-review.server.ts'
import { constraintsOf } from '#app/http/forms/constraints.server.ts'
import { noStore, orNotFound } from '#app/http/forms/respond.server.ts'
import { reviewAction } from '#app/http/forms/review-action.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'signed-in', limits: { action: 'review' } } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Write a review', isPrivate: true })

export const headers = () => noStore

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { id } = await requireUser(request)
  const product = orNotFound(await getReviewedProduct(params.handle!))
  const [author, profile] = await Promise.all([getAccountAuthor(id), getProfile(id)])
  const own = author && (await getOwnReview(author, product.id))
  const { name } = orNotFound(profile)
  const constraint = constraintsOf(reviewSchema)
  return data({ product, isVerified: author !== null, own, name, constraint }, { headers: noStore })
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { id } = await requireUser(request)
  return reviewAction(request, async () => {
    const product = orNotFound(await getReviewedProduct(params.handle!))
    const author = orNotFound(await getAccountAuthor(id))
    const page = urls.productReviews(product.handle)
    return { author, productId: product.id, isOrdered: false, page }
  })
}

export default function NewReview() {
  const { product, isVerified, own, name, constraint } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <div className="page page--narrow">
      <header className="page-head">
        <h1>{own ? 'Your review' : 'Write a review'}</h1>
        <p className="soft">
          Of <bdi>{product.title}</bdi>
        </p>
      </header>
      {isVerified ? (
        <ReviewForm
          action={urls.newReview(product.handle)}
          {...{ own, name, answer, constraint }}
          back={{ to: urls.product(product.handle), label: 'Cancel' }}
        />
      ) : (
        <p>
          Verify your email before you write reviews. <Link to={urls.account.email()}>Email me a link</Link>
        </p>
      )}
    </div>
  )
}
