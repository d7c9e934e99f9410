import { z } from 'zod'
import { optionalText, text, wholeNumber } from '#app/domain/fields.ts'

/** The version of the order that the form showed: a form about an older one is refused. */
const version = () => wholeNumber(1, 2_000_000_000, 'Open the order again.')

export const markPaidSchema = z.object({ version: version(), reference: optionalText(120) })

export const fulfilSchema = z.object({
  version: version(),
  carrier: optionalText(80),
  trackingNumber: optionalText(120),
  trackingUrl: optionalText(500).refine(
    (value) => value === '' || (/^https?:\/\//i.test(value) && URL.canParse(value)),
    'Enter a link that begins with https://, or leave it empty.',
  ),
  lines: z
    .array(
      z.object({
        orderLineId: wholeNumber(1, 2_000_000_000, 'Open the order again.'),
        quantity: wholeNumber(0, 999, 'Enter a number, 0 or more.'),
      }),
    )
    .max(100),
})

export const cancelSchema = z.object({ version: version(), reason: optionalText(500) })

export const noteSchema = z.object({ note: text(2000, 'Write the note first.') })

export type MarkPaidInput = z.output<typeof markPaidSchema>
export type FulfilInput = z.output<typeof fulfilSchema>
export type CancelInput = z.output<typeof cancelSchema>
