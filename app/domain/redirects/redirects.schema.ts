import { z } from 'zod'
import { text, version } from '#app/domain/fields.ts'
import { maxTargetLength } from './redirects.ts'

const fields = {
  path: text(maxTargetLength, 'Enter the old address.'),
  target: text(maxTargetLength, 'Enter the new address.'),
}

export const newRedirectSchema = z.object(fields)

export const redirectSchema = z.object({ ...fields, version: version() })

/** The upload form; its file is read apart. */
export const redirectUploadSchema = z.object({})
