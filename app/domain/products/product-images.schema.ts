import { z } from 'zod'
import { optionalText, wholeNumber } from '#app/domain/fields.ts'

export const imageSchema = z.object({
  alt: optionalText(500),
  position: wholeNumber(1, 250, 'Enter a position of 1 or more.'),
})
