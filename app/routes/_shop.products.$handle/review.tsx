import { Link, useFetcher } from '@remix-run/react'
import { inlineFormData } from '#app/components/cart-fetcher.ts'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { FormattedDate } from '#app/components/formatted-date.tsx'
import { useShop } from '#app/components/shop.ts'
import { Stars } from '#app/components/stars.tsx'
import { imageSources, largestRendition } from '#app/domain/media/image.ts'
import type { PublicReview } from '#app/domain/reviews/reviews.ts'
import { urls } from '#app/urls.ts'

/** One approved review, with the store's reply. */
export function Review({ review }: { review: PublicReview }) {
  const shop = useShop()
  const id = `review-${review.id}`
  return (
    <article className="review" id={id} aria-labelledby={`${id}-title`}>
      <header className="review__head">
        <Stars average={review.stars} />
        <h3 className="review__title" id={`${id}-title`} dir="auto">
          {review.title || <>Review by {review.authorName}</>}
        </h3>
        <p className="review__by">
          <bdi>{review.authorName}</bdi>
          {review.isVerified && <span className="review__verified">Verified buyer</span>}
          <FormattedDate at={review.submittedAt} />
        </p>
      </header>
      <p className="review__text" dir="auto">
        {review.text}
      </p>
      <Photos review={review} />
      {review.reply && (
        <div className="review__reply">
          <p className="review__reply-by">
            Reply from <bdi>{shop?.name}</bdi>
          </p>
          <p className="review__text" dir="auto">
            {review.reply}
          </p>
        </div>
      )}
      <footer className="review__foot">
        <Helpful review={review} />
        <Link className="review__report" to={urls.reportReview(review.id)} rel="nofollow">
          Report<span className="visually-hidden"> the review by {review.authorName}</span>
        </Link>
      </footer>
    </article>
  )
}

function Photos({ review: { photos, authorName } }: { review: PublicReview }) {
  if (photos.length === 0) return null
  return (
    <ul role="list" className="review__photos">
      {photos.map((photo, index) => {
        const { webp, avif, fallback } = imageSources(photo)
        return (
          <li key={photo.hash}>
            <a href={largestRendition(photo)}>
              <picture>
                <source type="image/avif" srcSet={avif} sizes="6rem" />
                <source type="image/webp" srcSet={webp} sizes="6rem" />
                <img
                  src={fallback}
                  width={photo.width}
                  height={photo.height}
                  alt={`Enlarge ${index + 1} of ${photos.length} by ${authorName}`}
                  loading="lazy"
                  decoding="async"
                />
              </picture>
            </a>
          </li>
        )
      })}
    </ul>
  )
}

function Helpful({ review }: { review: PublicReview }) {
  const fetcher = useFetcher<{ ok: boolean; text: string }>({ key: `helpful ${review.id}` })
  const action = urls.voteForReview(review.id)
  // The page that the vote revalidates has the new count.
  const answer = fetcher.state === 'idle' ? fetcher.data?.text : undefined
  return (
    <fetcher.Form
      method="post"
      action={action}
      className="review__helpful"
      onSubmit={(event) => {
        event.preventDefault()
        fetcher.submit(inlineFormData(event.currentTarget, null), { method: 'post', action })
      }}
    >
      <CsrfField />
      <button className="button" aria-busy={fetcher.state !== 'idle'}>
        Helpful<span className="visually-hidden"> review by {review.authorName}</span>
        {review.helpfulCount > 0 && (
          <span className="numeric">
            {review.helpfulCount}
            <span className="visually-hidden"> {review.helpfulCount === 1 ? 'vote' : 'votes'}</span>
          </span>
        )}
      </button>
      <span role="status" className="small soft">
        {answer}
      </span>
    </fetcher.Form>
  )
}
