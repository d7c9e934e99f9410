export const ruleFields = ['type', 'tag', 'vendor'] as const
export type RuleField = (typeof ruleFields)[number]

/** The first half of a rule's sentence. */
export const ruleFieldLabels = {
  type: 'Product type is',
  tag: 'Tag is',
  vendor: 'Vendor is',
} satisfies Record<RuleField, string>
