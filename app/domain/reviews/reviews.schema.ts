import { z } from 'zod'
import { checkbox, optionalText, text, version } from '#app/domain/fields.ts'
import { reviewReportReason } from '#db/schema/reviews.ts'

export const reviewSchema = z.object({
  stars: z
    .string({ error: 'Choose a number of stars.' })
    .regex(/^[1-5]$/, 'Choose a number of stars.')
    .transform(Number),
  title: optionalText(100),
  text: text(4000, 'Write your review.'),
  authorName: text(60, 'Enter the name to show with your review.'),
  removesPhotos: checkbox(),
  /** Invisible to people: only programs fill it in. */
  website: optionalText(200),
})

export const reportSchema = z.object({
  reason: z.enum(reviewReportReason.enumValues, { error: 'Choose a reason.' }),
  note: optionalText(500),
  website: optionalText(200),
})

/** A review with the version that staff have read: "12-3". */
const readReview = z
  .string()
  .regex(/^[1-9]\d{0,14}-[1-9]\d{0,8}$/)
  .transform((typed) => {
    const [id, read] = typed.split('-').map(Number)
    return { id: id!, version: read! }
  })

const selection = z
  .array(readReview, { error: 'Select at least one review.' })
  .min(1, 'Select at least one review.')
  .max(100, 'Select at most 100 reviews.')

export const approvalSchema = z.object({ review: selection })

export const rejectionSchema = z.object({
  review: selection,
  reason: text(500, 'Enter the reason, which the author receives.'),
})

export const replySchema = z.object({ version: version(), reply: optionalText(2000) })
