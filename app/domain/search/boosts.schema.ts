import { z } from 'zod'
import { pickedSchema } from '#app/domain/products/picked.schema.ts'
import { rankings } from './boosts.ts'

/** The form that shows the checked products higher or lower. */
export const boostSchema = pickedSchema.extend({
  ranking: z.enum(rankings, { error: 'Choose higher or lower.' }),
})
