import { useLiveVariants } from '#app/components/live/live-overrides.ts'
import type { ProductPage, ProductVariant } from '#app/domain/storefront/storefront.ts'
import {
  type VariantSelection,
  type OptionChoice,
  optionChoices,
} from '#app/domain/storefront/variant-selection.ts'

type LiveProduct = {
  product: ProductPage
  choice: VariantSelection<ProductVariant> | null
  options: OptionChoice[]
}

/** The page's product, selection and options with live prices and stock. */
export function useLiveProduct(loaded: LiveProduct): LiveProduct {
  const { choice, options } = loaded
  const variants = useLiveVariants(loaded.product.id, loaded.product.variants)
  if (variants === loaded.product.variants) return loaded
  const product = { ...loaded.product, variants }
  const live = (variant: ProductVariant) => variants.find(({ id }) => id === variant.id) ?? variant
  const selected = options.map(({ values }) => values.find(({ isChosen }) => isChosen)?.value ?? '')
  return {
    product,
    choice: choice?.kind === 'variant' ? { ...choice, variant: live(choice.variant) } : choice,
    options: optionChoices(product.optionNames, variants, selected),
  }
}
