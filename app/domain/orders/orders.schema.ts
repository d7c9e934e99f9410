import { z } from 'zod'
import { checkbox, optionalText, text, version, wholeNumber } from '#app/domain/fields.ts'

export const markPaidSchema = z.object({ version: version(), reference: optionalText(120) })

export const trackingSchema = z.object({
  carrier: optionalText(80),
  trackingNumber: optionalText(120),
  trackingUrl: optionalText(500).refine(
    (value) => value === '' || (/^https?:\/\//i.test(value) && URL.canParse(value)),
    'Enter a link that begins with https://, or leave it empty.',
  ),
})

export const fulfillmentSchema = trackingSchema.extend({
  version: version(),
  lines: z
    .array(
      z.object({
        orderLineId: wholeNumber(1, 2_000_000_000, 'Reload the order.'),
        quantity: wholeNumber(0, 999, 'Enter a number, 0 or more.'),
      }),
    )
    .max(100),
})

export const cancelSchema = z.object({ version: version(), reason: optionalText(500) })

export const noteSchema = z.object({ note: text(2000, 'Enter a note.'), isMessage: checkbox() })

export type MarkPaidInput = z.output<typeof markPaidSchema>
export type TrackingInput = z.output<typeof trackingSchema>
export type FulfillmentInput = z.output<typeof fulfillmentSchema>
export type CancelInput = z.output<typeof cancelSchema>
