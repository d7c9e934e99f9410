import { z } from 'zod'
import { checkbox, optionalRowId, optionalText, version, wholeNumber } from '#app/domain/fields.ts'
import { type Currency, parseDecimal } from '#app/domain/money.ts'

/** An amount in the store's currency; an empty one is 0. */
const amount = (currency: Currency) =>
  optionalText(20).transform((typed, context) => {
    const parsed = typed === '' ? 0 : parseDecimal(typed, currency)
    if (parsed === null) context.addIssue({ code: 'custom', message: 'Enter an amount, such as 4.90.' })
    return parsed ?? 0
  })

/** The amounts are typed in the store's currency. */
export const refundSchema = (currency: Currency) =>
  z.object({
    version: version(),
    lines: z
      .array(
        z.object({
          orderLineId: wholeNumber(1, 2_000_000_000, 'Reload the order.'),
          quantity: wholeNumber(0, 999, 'Enter a number, 0 or more.'),
          /** Units that were shipped; a line has the others in another row. */
          isShipped: checkbox(),
          restock: checkbox(),
        }),
      )
      .max(100)
      .default([]),
    shipping: amount(currency),
    extra: amount(currency),
    reason: optionalText(500),
    /** The amount on the button, in minor units. */
    shownAmount: z
      .string()
      .regex(/^\d{1,13}$/, 'Reload the page.')
      .default('0')
      .transform(Number),
    /** The return that is refunded. */
    returnId: optionalRowId(),
    /** "Update" calculates the amount and refunds nothing. */
    update: checkbox(),
  })

export type RefundInput = Omit<z.output<ReturnType<typeof refundSchema>>, 'returnId' | 'update'>
