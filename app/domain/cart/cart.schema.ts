import { z } from 'zod'
import { optionalText, rowId, text, wholeNumber } from '#app/domain/fields.ts'
import { countryCodes } from '#db/schema/countries.ts'
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

/** As typed; commands compare it without spaces and in upper case. */
export const codeSchema = z.object({ discountCode: text(64, 'Enter a discount code.'), respond })

export const removeCodeSchema = z.object({ respond })

/** Where shipping is estimated for. */
export const destinationSchema = z.object({
  country: z.string().refine((code) => countryCodes.includes(code), 'Choose a country.'),
  region: optionalText(120),
  postcode: optionalText(20),
  respond,
})

export const setQuantitySchema = z.object({
  quantity: wholeNumber(0, maxQuantity, `Enter a whole number from 0 to ${maxQuantity}.`),
  /** Set by a stepper button instead of the typed quantity. */
  set: wholeNumber(0, maxQuantity, `Enter a whole number from 0 to ${maxQuantity}.`).optional(),
  respond,
})
