import { z } from 'zod'
import { checkbox, optionalText, text, version, wholeNumber } from '#app/domain/fields.ts'

const lines = () =>
  z
    .array(
      z.object({
        orderLineId: wholeNumber(1, 2_000_000_000, 'Reload the page.'),
        quantity: wholeNumber(0, 999, 'Enter a number, 0 or more.'),
      }),
    )
    .max(100)
    .default([])

export const requestReturnSchema = z.object({
  lines: lines(),
  reason: text(1000, 'Tell us why you return these items.'),
})

export const startReturnSchema = z.object({
  lines: lines(),
  reason: optionalText(1000),
  answer: optionalText(1000),
})

export const answerReturnSchema = z
  .object({
    version: version(),
    decision: z.enum(['approved', 'declined'], { error: 'Approve or decline the return.' }),
    answer: optionalText(1000),
  })
  .refine(({ decision, answer }) => decision === 'approved' || answer !== '', {
    path: ['answer'],
    error: 'Tell the customer why the return is declined.',
  })

export const receiveReturnSchema = z.object({
  version: version(),
  lines: z
    .array(
      z.object({
        orderLineId: wholeNumber(1, 2_000_000_000, 'Reload the page.'),
        restock: checkbox(),
      }),
    )
    .max(100)
    .default([]),
})

export type AnswerReturnInput = z.output<typeof answerReturnSchema>
export type ReceiveReturnInput = z.output<typeof receiveReturnSchema>
