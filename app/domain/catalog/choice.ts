/** Which variant a shopper means by the option values they picked, and what else there is. */

type Choosable = { id: number; optionValues: string[]; buyable: number }

export type Choice<V> =
  | { kind: 'variant'; variant: V }
  /** No variant has these values; `nearest` are the variants that come closest. */
  | { kind: 'impossible'; wanted: string[]; nearest: V[] }

export type Wanted = {
  variantId: number | null
  /** Per option of the product; null where nothing was picked. */
  values: (string | null)[]
}

/**
 * Values win over the id, which is only what the page was opened with. With nothing asked for, the first
 * variant that can be bought, else the first. Null for a product without variants.
 */
export function resolveChoice<V extends Choosable>(variants: V[], wanted: Wanted): Choice<V> | null {
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
  return { kind: 'impossible', wanted: asked, nearest }
}

export type OptionValue = {
  value: string
  isChosen: boolean
  /** With the other options as chosen. */
  state: 'available' | 'sold-out' | 'impossible'
  /** The one variant that this value leads to, when it is the only one. */
  variantId: number | null
}

export type OptionChoice = { name: string; values: OptionValue[] }

/** The values of each option, in the order of the variants, seen from what is chosen now. */
export function optionChoices(
  optionNames: string[],
  variants: Choosable[],
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

function preferred<V extends Choosable>(variants: V[]): V | undefined {
  return variants.find(isBuyable) ?? variants[0]
}

function isBuyable(variant: Choosable): boolean {
  return variant.buyable > 0
}
