import { z } from 'zod'
import { text } from '#app/domain/fields.ts'

export const maxPins = 200
/** Products that are pinned to one query. */
export const maxPinned = 12

export const newPinSchema = z.object({ query: text(100, 'Enter a search query.') })
