export type TypedVariant = { variantId: number; quantity: string }

/** The variants of a form's list of rows, with what was typed as their quantity. */
export function typedVariants(rows: unknown): TypedVariant[] {
  if (!Array.isArray(rows)) return []
  return rows.flatMap((row: unknown) => {
    const { variantId, quantity } = (row ?? {}) as Record<string, unknown>
    const isRow = typeof variantId === 'string' && /^\d{1,10}$/.test(variantId)
    return isRow
      ? [{ variantId: Number(variantId), quantity: typeof quantity === 'string' ? quantity : '' }]
      : []
  })
}

/** The rows in the order in which they were typed, then those that a search found. */
export function inTypedOrder<Row extends { variantId: number }>(rows: Row[], typed: TypedVariant[]): Row[] {
  const place = (row: Row) => typed.findIndex(({ variantId }) => variantId === row.variantId)
  const known = rows.filter((row) => place(row) !== -1).sort((a, b) => place(a) - place(b))
  return [...known, ...rows.filter((row) => place(row) === -1)]
}

/** Those that are wanted. */
export function chosenVariants(rows: unknown): number[] {
  return typedVariants(rows)
    .filter(({ quantity }) => quantity !== '' && quantity !== '0')
    .map(({ variantId }) => variantId)
    .slice(0, 100)
}
