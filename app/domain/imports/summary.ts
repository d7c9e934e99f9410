/** One product of a change set, reduced to what a page shows. */
import { priceRange, type ProductState } from '#app/domain/products/product-state.ts'
import type { FieldValue } from '#app/domain/field-value.ts'
import { fieldChanges, type FieldChange } from './diff.ts'

export type CreateSummary = {
  variantCount: number
  imageCount: number
  priceMin: number | null
  priceMax: number | null
  status: string
  isShown: boolean
}

/** Changed fields beyond this many are counted, not shown. */
const maxFields = 40
const maxCharacters = 240

export function createSummary(after: ProductState): CreateSummary {
  const { min, max } = priceRange(after.variants)
  return {
    variantCount: after.variants.length,
    imageCount: after.images.length,
    priceMin: min,
    priceMax: max,
    status: after.status,
    isShown: after.publishedAt !== null,
  }
}

export function updateSummary(
  before: ProductState,
  after: ProductState,
): { fields: FieldChange[]; more: number } {
  const all = fieldChanges(before, after)
  return { fields: all.slice(0, maxFields).map(excerpt), more: Math.max(0, all.length - maxFields) }
}

/** Long texts are cut to the part where they begin to differ. */
function excerpt(change: FieldChange): FieldChange {
  const start = Math.max(0, firstDifference(lettersOf(change.from), lettersOf(change.to)) - 40)
  return { ...change, from: cut(change.from, start), to: cut(change.to, start) }
}

function cut(value: FieldValue, start: number): FieldValue {
  if (!('text' in value) || value.text.length <= maxCharacters) return value
  const text = value.text.slice(start, start + maxCharacters).toWellFormed()
  const end = start + maxCharacters < value.text.length ? '…' : ''
  return { ...value, text: (start > 0 ? '…' : '') + text + end }
}

function lettersOf(value: FieldValue): string {
  return 'text' in value ? value.text : ''
}

function firstDifference(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length)
  for (let index = 0; index < shorter; index++) if (a[index] !== b[index]) return index
  return shorter
}
