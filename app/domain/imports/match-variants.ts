/** Matches a file's variants to existing ones, so that carts, orders and stock stay with them. */
type Known = { optionValues: string[]; sku: string }
type Wanted = { optionValues?: string[]; sku?: string }

/**
 * Matches by equal option values; then by option values that differ in letter case; then by a SKU that is unique on
 * both sides; then the last one left on both sides. Returns one entry per wanted variant.
 */
export function matchVariants<T extends Known>(present: T[], wanted: Wanted[]): (T | undefined)[] {
  const found = new Array<T | undefined>(wanted.length).fill(undefined)
  const free = new Set(present)

  const matchBy = (presentKey: (variant: T) => string, wantedKey: (variant: Wanted) => string) => {
    const open = wanted.filter((_, index) => found[index] === undefined)
    const byKey = uniqueByKey([...free], presentKey)
    const wantedByKey = uniqueByKey(open, wantedKey)
    wanted.forEach((variant, index) => {
      if (found[index] !== undefined) return
      const key = wantedKey(variant)
      const match = wantedByKey.has(key) ? byKey.get(key) : undefined
      if (!match) return
      found[index] = match
      free.delete(match)
    })
  }
  const exact = ({ optionValues }: Wanted) => JSON.stringify(optionValues ?? [])
  const folded = (variant: Wanted) => exact(variant).toLowerCase()
  const sku = ({ sku }: Wanted) => sku ?? ''
  matchBy(exact, exact)
  matchBy(folded, folded)
  matchBy(sku, sku)

  const openIndexes = found.flatMap((match, index) => (match === undefined ? [index] : []))
  if (openIndexes.length === 1 && free.size === 1) found[openIndexes[0]!] = [...free][0]
  return found
}

/** Items by key, without empty and duplicate keys. */
function uniqueByKey<T>(items: T[], keyOf: (item: T) => string): Map<string, T> {
  const byKey = new Map<string, T>()
  const repeated = new Set([''])
  for (const item of items) {
    const key = keyOf(item)
    if (byKey.has(key)) repeated.add(key)
    byKey.set(key, item)
  }
  for (const key of repeated) byKey.delete(key)
  return byKey
}
