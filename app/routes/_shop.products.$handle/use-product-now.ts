import { useVariantsNow } from '#app/components/live/facts.ts'
import type { ProductPage, ProductVariant } from '#app/domain/catalog/catalog.ts'
import { type Choice, type OptionChoice, optionChoices } from '#app/domain/catalog/choice.ts'

type Shown = { product: ProductPage; choice: Choice<ProductVariant> | null; options: OptionChoice[] }

/** The page's product, choice and options with the prices and stock of this moment. */
export function useProductNow(made: Shown): Shown {
  const { choice, options } = made
  const variants = useVariantsNow(made.product.id, made.product.variants)
  if (variants === made.product.variants) return made
  const product = { ...made.product, variants }
  const now = (variant: ProductVariant) => variants.find(({ id }) => id === variant.id) ?? variant
  const chosen = options.map(({ values }) => values.find(({ isChosen }) => isChosen)?.value ?? '')
  return {
    product,
    choice: choice?.kind === 'variant' ? { ...choice, variant: now(choice.variant) } : choice,
    options: optionChoices(product.optionNames, variants, chosen),
  }
}
