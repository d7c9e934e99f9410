type Typed = { variantId: number; quantity: string }

/** The variants of the form's rows with what was typed as their quantity. */
export function typedVariants(typed: Record<string, unknown>): Typed[] {
  if (!Array.isArray(typed.added)) return []
  return typed.added.flatMap((row: unknown) => {
    const { variantId, quantity } = (row ?? {}) as Record<string, unknown>
    const isRow = typeof variantId === 'string' && /^\d{1,10}$/.test(variantId)
    return isRow
      ? [{ variantId: Number(variantId), quantity: typeof quantity === 'string' ? quantity : '' }]
      : []
  })
}

/** Those that are to be added. */
export function chosenVariants(typed: Record<string, unknown>): number[] {
  return typedVariants(typed)
    .filter(({ quantity }) => quantity !== '' && quantity !== '0')
    .map(({ variantId }) => variantId)
    .slice(0, 100)
}
