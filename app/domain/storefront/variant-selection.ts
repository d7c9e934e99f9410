/** Selects the variant for the option values that a shopper picked, and lists the alternatives. */

type SelectableVariant = { id: number; optionValues: string[]; buyable: number }

export type VariantSelection<V> =
  | { kind: 'variant'; variant: V }
  /** No variant has these values; `nearest` are the closest variants. */
  | { kind: 'unavailable'; wanted: string[]; nearest: V[] }

export type WantedOptions = {
  variantId: number | null
  /** Per option of the product; null where nothing was picked. */
  values: (string | null)[]
}

/**
 * Picked values take precedence over the id in the URL. With neither, the first variant that can be bought, else the
 * first. Null for a product without variants.
 */
export function selectVariant<V extends SelectableVariant>(
  variants: V[],
  wanted: WantedOptions,
): VariantSelection<V> | null {
  const first = preferred(variants)
  if (!first) return null
  const asked = wanted.values.filter((value) => value !== null)
  if (asked.length === 0)
    return { kind: 'variant', variant: variants.find(({ id }) => id === wanted.variantId) ?? first }
  const matches = (variant: V) =>
    wanted.values.every((value, index) => value === null || variant.optionValues[index] === value)
  const variant = preferred(variants.filter(matches))
  if (variant) return { kind: 'variant', variant }
  const closeness = (variant: V) =>
    wanted.values.filter((value, index) => value !== null && variant.optionValues[index] === value).length
  const best = Math.max(...variants.map(closeness))
  const close = variants.filter((variant) => closeness(variant) === best)
  const nearest = [...close.filter(isBuyable), ...close.filter((variant) => !isBuyable(variant))].slice(0, 4)
  return { kind: 'unavailable', wanted: asked, nearest }
}

export type OptionValue = {
  value: string
  isChosen: boolean
  /** With the other options as selected. */
  state: 'available' | 'sold-out' | 'impossible'
  /** The variant with this value, when it is the only one. */
  variantId: number | null
}

export type OptionChoice = { name: string; values: OptionValue[] }

/** The values of each option, in variant order, with their state for the current selection. */
export function optionChoices(
  optionNames: string[],
  variants: SelectableVariant[],
  chosen: string[],
): OptionChoice[] {
  return optionNames.map((name, index) => {
    const values = [...new Set(variants.map((variant) => variant.optionValues[index]!))]
    return {
      name,
      values: values.map((value) => {
        const withOthers = variants.filter((variant) =>
          variant.optionValues.every((own, i) => own === (i === index ? value : chosen[i])),
        )
        const state = !withOthers.length
          ? ('impossible' as const)
          : withOthers.some(isBuyable)
            ? ('available' as const)
            : ('sold-out' as const)
        return {
          value,
          isChosen: chosen[index] === value,
          state,
          variantId: withOthers.length === 1 ? withOthers[0]!.id : null,
        }
      }),
    }
  })
}

function preferred<V extends SelectableVariant>(variants: V[]): V | undefined {
  return variants.find(isBuyable) ?? variants[0]
}

function isBuyable(variant: SelectableVariant): boolean {
  return variant.buyable > 0
}
