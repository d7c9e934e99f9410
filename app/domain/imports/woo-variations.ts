/** Options and variants of a WooCommerce product, from its attributes and its variations. */
import type { Row } from './product-rows.ts'
import type { WooColumns } from './woo-columns.ts'

export type Option = { name: string; values: string[] }
export type Variation = { row: Row; values: string[] }

/** More than a product may have, so that the excess is reported. */
const maxExpanded = 2049

/** The product's attributes that its variations name. */
export function optionsOf(woo: WooColumns, product: Row, variations: Row[]): Option[] {
  const named = new Set(
    variations.flatMap((row) => woo.attributes(row).map(({ name }) => name.toLowerCase())),
  )
  return woo.attributes(product).filter(({ name }) => named.has(name.toLowerCase()))
}

/** One entry per combination; a variation for "any" value of an attribute stands for those without one of their own. */
export function expandVariations(woo: WooColumns, options: Option[], rows: Row[]): Variation[] {
  if (options.length === 0) return []
  const wanted = rows.map((row) => {
    const given = new Map(
      woo.attributes(row).map(({ name, values }) => [name.toLowerCase(), values[0] ?? '']),
    )
    return { row, values: options.map(({ name }) => given.get(name.toLowerCase()) ?? '') }
  })
  const own = new Set(wanted.filter(isComplete).map(({ values }) => JSON.stringify(values)))
  const added = new Set<string>()
  return wanted.flatMap((variation) => {
    if (isComplete(variation)) return [variation]
    return combinations(options, variation.values).flatMap((values) => {
      const key = JSON.stringify(values)
      if (own.has(key) || added.has(key)) return []
      added.add(key)
      return [{ row: variation.row, values }]
    })
  })
}

function isComplete({ values }: Variation): boolean {
  return values.every((value) => value !== '')
}

function combinations(options: Option[], given: string[]): string[][] {
  let all: string[][] = [[]]
  options.forEach(({ values }, index) => {
    const choices = given[index] ? [given[index]] : values
    all = all.flatMap((former) => choices.map((value) => [...former, value])).slice(0, maxExpanded)
  })
  return all
}
