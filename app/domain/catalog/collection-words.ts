export const ruleFields = ['type', 'tag', 'vendor'] as const
export type RuleField = (typeof ruleFields)[number]

/** The first half of a rule's sentence. */
export const ruleFieldText = {
  type: 'Product type is',
  tag: 'Tagged',
  vendor: 'Vendor is',
} satisfies Record<RuleField, string>
