import { z } from 'zod'

/** The fields sent with the file. */
export const uploadSchema = z.object({
  overwrite: z
    .string()
    .max(3)
    .optional()
    .transform((value) => value === 'on'),
})
