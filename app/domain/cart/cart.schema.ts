import { z } from 'zod'
import { optionalText, rowId, wholeNumber } from '#app/domain/fields.ts'
import { maxQuantity } from '#app/domain/stock/availability.ts'

const askQuantity = `Enter a whole number from 1 to ${maxQuantity}.`

/** Sent by script: the response is the outcome, not a page. */
const respond = z.enum(['inline']).optional()

/** A variant, by its id, or by its product and one value per option. */
export const addSchema = z
  .object({
    variantId: rowId().optional(),
    product: optionalText(255),
    option1: optionalText(255),
    option2: optionalText(255),
    option3: optionalText(255),
    quantity: wholeNumber(1, maxQuantity, askQuantity),
    respond,
  })
  .refine((input) => input.variantId !== undefined || input.product !== '', 'Choose an option.')

export const setQuantitySchema = z.object({
  quantity: wholeNumber(0, maxQuantity, `Enter a whole number from 0 to ${maxQuantity}.`),
  /** Set by a stepper button instead of the typed quantity. */
  set: wholeNumber(0, maxQuantity, `Enter a whole number from 0 to ${maxQuantity}.`).optional(),
  respond,
})
