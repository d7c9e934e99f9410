import type { SaveProductResult } from '#app/domain/catalog/save-product.server.ts'

/** What a save changed besides what was typed. */
export function savedText({ options, moved }: Extract<SaveProductResult, { ok: true }>): string {
  const { made, kept, removed } = options
  const changes = [made && `${made} added`, kept && `${kept} kept`, removed && `${removed} deleted`]
  return [
    'Saved.',
    made + removed > 0 && `Variants: ${changes.filter(Boolean).join(', ')}.`,
    moved.length === 1 &&
      'The stock of 1 variant changed while you were editing; your adjustment was applied.',
    moved.length > 1 &&
      `The stock of ${moved.length} variants changed while you were editing; your adjustments were applied.`,
  ]
    .filter(Boolean)
    .join(' ')
}
