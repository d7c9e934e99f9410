/** Which present variant each variant of a file is, so that carts, orders and stock stay with it. */
type Known = { optionValues: string[]; sku: string }
type Wanted = { optionValues?: string[]; sku?: string }

/**
 * By equal option values; then by option values that differ in letter case; then by a SKU that is the only one
 * of its kind on both sides; then the last one left on both sides. Answers one entry per wanted variant.
 */
export function matchVariants<T extends Known>(present: T[], wanted: Wanted[]): (T | undefined)[] {
  const found = new Array<T | undefined>(wanted.length).fill(undefined)
  const free = new Set(present)

  const matchBy = (presentKey: (variant: T) => string, wantedKey: (variant: Wanted) => string) => {
    const open = wanted.filter((_, index) => found[index] === undefined)
    const byKey = onlyOnes([...free], presentKey)
    const wantedByKey = onlyOnes(open, wantedKey)
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

/** Entries by key, without empty keys and without those that occur twice. */
function onlyOnes<T>(items: T[], keyOf: (item: T) => string): Map<string, T> {
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
