import { z } from 'zod'
import { rowId } from '#app/domain/fields.ts'

/** The products that are checked in a product picker. */
export const pickedSchema = z.object({
  productIds: z.array(rowId()).max(50, 'Select at most 50 products at a time.').default([]),
})
