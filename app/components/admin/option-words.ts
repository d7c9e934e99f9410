import { maxVariants, type OptionRefusal } from '#app/domain/catalog/options.ts'

/** Why options cannot be as typed. */
export const optionWords = {
  'no-name': 'Give each option a name, such as Size.',
  'no-values': 'Give each option at least one value, or leave both of its fields empty.',
  'same-name-twice': 'Two options have the same name.',
  'same-value-twice': 'An option has the same value twice.',
  'too-many-variants': `These options make more than ${maxVariants.toLocaleString('en')} variants, the most a product can have.`,
} satisfies Record<OptionRefusal, string>
