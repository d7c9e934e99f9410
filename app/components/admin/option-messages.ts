import { maxVariants, type OptionRefusal } from '#app/domain/products/options.ts'
import { formatCount } from '#app/domain/intl.ts'

/** Messages for invalid product options. */
export const optionMessages = {
  'no-name': 'Give each option a name, such as Size.',
  'no-values': 'Give each option at least one value, or clear both fields to remove it.',
  'same-name-twice': 'Two options have the same name.',
  'same-value-twice': 'An option has a duplicate value.',
  'too-many-variants': `These options create more than ${formatCount(maxVariants, 'variant')}, the maximum for a product.`,
} satisfies Record<OptionRefusal, string>
