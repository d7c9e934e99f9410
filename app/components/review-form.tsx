import { Form, Link, useNavigation } from '@remix-run/react'
import { acceptedImageTypes } from '#app/domain/media/upload.ts'
import { formatCount } from '#app/domain/intl.ts'
import { maxPhotos, type ReviewStatus } from '#app/domain/reviews/reviews.ts'
import { CsrfField } from './csrf-field.tsx'
import { ErrorSummary } from './error-summary.tsx'
import { Field, FieldError, FieldFrame, describe } from './field.tsx'
import { type Constraint, type FieldProps, formFields, type FormResponse } from './form-fields.ts'
import { Honeypot } from './honeypot.tsx'
import { Star } from './stars.tsx'

export type OwnReview = {
  status: ReviewStatus
  rejectReason: string
  authorName: string
  stars: number
  title: string
  text: string
  photoCount: number
}

/** The form of a review; with `own`, of a new version of it. Files come last, after the CSRF token. */
export function ReviewForm(props: {
  action: string
  own: OwnReview | null
  /** The author's name, unless the review has one. */
  name: string
  answer: FormResponse | undefined
  constraint: Record<string, Constraint>
  back: { to: string; label: string }
}) {
  const { action, own, name, answer, constraint, back } = props
  const { state, formAction } = useNavigation()
  const isBusy = state !== 'idle' && formAction === action
  const values = own ? { ...own, stars: String(own.stars) } : { authorName: name }
  const form = formFields<Record<string, unknown>>({ answer, values, constraint })
  return (
    <Form method="post" action={action} encType="multipart/form-data" className="review-form" noValidate>
      <CsrfField />
      <Honeypot />
      <ErrorSummary form={form} />
      {own && <OwnState own={own} />}
      <StarInput {...form.field('stars')} />
      <Field {...form.field('title')} label="Title" isOptional />
      <TextField {...form.field('text')} />
      <Field
        {...form.field('authorName')}
        label="Name to show"
        hint="Shown with your review. Your email address never is."
        autoComplete="nickname"
      />
      <Photos field={form.field('photos')} count={own?.photoCount ?? 0} />
      <p>
        <button className="button button--primary button--large" aria-busy={isBusy}>
          {isBusy ? 'Sending…' : own ? 'Send changes' : 'Send review'}
        </button>{' '}
        <Link className="button button--quiet" to={back.to}>
          {back.label}
        </Link>
      </p>
      <p className="soft small">We check each review before it is published.</p>
    </Form>
  )
}

function OwnState({ own: { status, rejectReason } }: { own: OwnReview }) {
  if (status === 'rejected')
    return (
      <div className="notice notice--warn">
        <h2>Your review was not published</h2>
        <p dir="auto">{rejectReason}</p>
        <p>Change it and send it again.</p>
      </div>
    )
  return (
    <div className="notice">
      {status === 'approved'
        ? 'Your review is published. If you change it, it is hidden until we have checked it again.'
        : 'Your review is waiting for our check. You can still change it.'}
    </div>
  )
}

const meanings = ['Bad', 'Poor', 'Average', 'Good', 'Excellent']

function StarInput({ id, name, defaultValue, errors }: FieldProps) {
  const error = errors?.[0]
  return (
    <fieldset className="field star-input" id={id} tabIndex={-1} {...describe(id, { error })}>
      <legend>Your rating</legend>
      <div className="star-input__row">
        {meanings.map((meaning, index) => {
          const stars = index + 1
          return (
            <label key={stars} title={meaning}>
              <input
                type="radio"
                name={name}
                value={stars}
                defaultChecked={defaultValue === String(stars)}
                required
              />
              <Star />
              <span className="visually-hidden">
                {formatCount(stars, 'star')}: {meaning}
              </span>
            </label>
          )
        })}
      </div>
      {error && <FieldError id={id} error={error} />}
    </fieldset>
  )
}

function TextField({ id, name, defaultValue, required, maxLength, errors }: FieldProps) {
  const error = errors?.[0]
  return (
    <FieldFrame
      id={id}
      label="Your review"
      hint="What do you like or dislike? What do you use it for?"
      error={error}
    >
      <textarea
        {...{ id, name, defaultValue, required, maxLength }}
        {...describe(id, { hint: true, error })}
        rows={8}
        className="input"
      />
    </FieldFrame>
  )
}

function Photos({ field: { id, errors }, count }: { field: FieldProps; count: number }) {
  const error = errors?.[0]
  const hint = `Up to ${maxPhotos} images.${count > 0 ? ` New ones replace your ${formatCount(count, 'photo')}.` : ''}`
  return (
    <>
      {count > 0 && (
        <label className="check">
          <input type="checkbox" name="removesPhotos" value="on" />
          Remove {count === 1 ? 'my photo' : `my ${count} photos`}
        </label>
      )}
      <FieldFrame id={id} label="Photos" isOptional hint={hint} error={error}>
        <input
          id={id}
          type="file"
          name="photos"
          multiple
          accept={acceptedImageTypes}
          {...describe(id, { hint, error })}
        />
      </FieldFrame>
    </>
  )
}
