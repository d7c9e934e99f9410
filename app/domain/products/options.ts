/** A product's options ("Size": S, M, L) and the matrix of their variants. */

export const maxOptions = 3
export const maxVariants = 2048
/** Variants on one page of the editor: with 6 fields each they stay below the form limit of 500 fields. */
export const variantsPerPage = 50

export type OptionDraft = {
  name: string
  values: string[]
  /** Position of the option before the change, if it existed. */
  was?: number | null
}

export type VariantOptions = { id: number; values: string[] }

export type OptionPlan = {
  names: string[]
  /** Variants that stay, with their new values, in matrix order. */
  keep: VariantOptions[]
  /** Values of new variants. */
  create: string[][]
  remove: number[]
  /** Variants in matrix order: an existing id, or the values of a new one. */
  order: (number | string[])[]
}

export type OptionRefusal =
  'no-values' | 'no-name' | 'same-name-twice' | 'same-value-twice' | 'too-many-variants'

/** "Small / Red"; empty for a product without options. */
export function variantTitle(values: string[]): string {
  return values.join(' / ')
}

/** "S, M , L" -> ["S", "M", "L"]. */
export function splitValues(list: string): string[] {
  return list
    .split(/[,\n]/)
    .map((value) => value.trim())
    .filter(Boolean)
}

/** The values in use per option, each once, in order of appearance. */
export function valuesInUse(optionCount: number, variants: { values: string[] }[]): string[][] {
  return Array.from({ length: optionCount }, (_, option) => [
    ...new Set(variants.map((variant) => variant.values[option]!)),
  ])
}

/** Each option with the values in use, as the editor shows them. */
export function optionsOf(
  names: string[],
  variants: { values: string[] }[],
): { name: string; values: string[] }[] {
  const values = valuesInUse(names.length, variants)
  return names.map((name, index) => ({ name, values: values[index]! }))
}

/** Whether the options are still as the editor showed them: names, and values as one list. */
export function areOptionsUnchanged(
  shown: { name: string; values: string[] }[],
  typed: OptionDraft[],
): boolean {
  return (
    shown.length === typed.length &&
    typed.every(({ name, values, was }, index) => {
      const before = shown[index]!
      return (
        was === index && name === before.name && isSameList(values, splitValues(before.values.join(', ')))
      )
    })
  )
}

function isSameList(a: string[], b: string[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index])
}

/** Every combination, the last option varying fastest. No options: one empty combination. */
export function combinations(lists: string[][]): string[][] {
  return lists.reduce<string[][]>(
    (rows, list) => rows.flatMap((row) => list.map((value) => [...row, value])),
    [[]],
  )
}

export function checkOptions(options: OptionDraft[]): OptionRefusal | null {
  const names = new Set<string>()
  for (const option of options) {
    if (!option.name) return 'no-name'
    if (option.values.length === 0) return 'no-values'
    if (names.has(option.name.toLowerCase())) return 'same-name-twice'
    names.add(option.name.toLowerCase())
    if (new Set(option.values).size !== option.values.length) return 'same-value-twice'
  }
  const count = options.reduce((product, option) => product * option.values.length, 1)
  return count > maxVariants ? 'too-many-variants' : null
}

/**
 * Plans what happens to the variants when the options become `next`. A value that replaces another one in a list of the
 * same length is a rename. Existing variants get the first value of a new option. A dropped option merges variants; the
 * first one stays. Combinations without a variant get one only when they contain a new value, or when `fillGaps` is
 * set.
 */
export function planOptions(input: {
  optionCount: number
  variants: VariantOptions[]
  next: OptionDraft[]
  fillGaps?: boolean
}): { ok: true; plan: OptionPlan } | { ok: false; reason: OptionRefusal } {
  const refusal = checkOptions(input.next)
  if (refusal) return { ok: false, reason: refusal }

  const before = valuesInUse(input.optionCount, input.variants)
  const renames = input.next.map((option) => renamed(before[option.was ?? -1], option.values))
  const project = (values: string[]) =>
    input.next.map((option, index) => {
      if (option.was === null || option.was === undefined) return option.values[0]!
      const old = values[option.was]!
      return renames[index]!.get(old) ?? old
    })

  const wanted = new Map(combinations(input.next.map((option) => option.values)).map((v) => [keyOf(v), v]))
  const kept = new Map<string, VariantOptions>()
  const remove: number[] = []
  for (const variant of input.variants) {
    const values = project(variant.values)
    const key = keyOf(values)
    if (wanted.has(key) && !kept.has(key)) kept.set(key, { id: variant.id, values })
    else remove.push(variant.id)
  }

  const known = input.next.map((option, index) =>
    option.was === null || option.was === undefined
      ? new Set(input.variants.length > 0 ? [option.values[0]!] : [])
      : new Set((before[option.was] ?? []).map((value) => renames[index]!.get(value) ?? value)),
  )
  const isNew = (values: string[]) => values.some((value, index) => !known[index]!.has(value))

  const plan: OptionPlan = { names: input.next.map((o) => o.name), keep: [], create: [], remove, order: [] }
  for (const [key, values] of wanted) {
    const variant = kept.get(key)
    if (variant) {
      plan.keep.push(variant)
      plan.order.push(variant.id)
    } else if (input.fillGaps || input.variants.length === 0 || kept.size === 0 || isNew(values)) {
      plan.create.push(values)
      plan.order.push(values)
    }
  }
  return { ok: true, plan }
}

function renamed(before: string[] | undefined, after: string[]): Map<string, string> {
  const found = new Map<string, string>()
  if (!before || before.length !== after.length) return found
  before.forEach((old, index) => {
    const now = after[index]!
    if (!after.includes(old) && !before.includes(now)) found.set(old, now)
  })
  return found
}

/** Values may contain anything but control characters, so one of those separates them. */
function keyOf(values: string[]): string {
  return values.join('\u001f')
}
