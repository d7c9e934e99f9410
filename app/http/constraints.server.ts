import { getZodConstraint } from '@conform-to/zod/v4'
import type { z } from 'zod'

/**
 * The schema's limits as attributes of form controls, for the loader's answer: the browser checks the same rules
 * and downloads no schema.
 */
export function constraintsOf(schema: z.ZodType) {
  return getZodConstraint(schema) as Record<string, Record<string, string | number | boolean>>
}
