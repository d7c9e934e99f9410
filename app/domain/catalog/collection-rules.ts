import type { CollectionRule } from '#db/schema/catalog.ts'

/** Membership by rule, read in memory; the same rule in SQL stands in listing.server.ts. */

type RuleCollection = { match: 'all' | 'any'; rules: CollectionRule[] }
type Described = { type: string; vendor: string; tags: string[] }

/** Whether the product belongs to the collection. A collection without rules holds nothing. */
export function matchesRules(product: Described, { match, rules }: RuleCollection): boolean {
  if (rules.length === 0) return false
  return match === 'all'
    ? rules.every((rule) => matchesRule(product, rule))
    : rules.some((rule) => matchesRule(product, rule))
}

function matchesRule(product: Described, { field, value }: CollectionRule): boolean {
  const wanted = value.toLowerCase()
  const own = field === 'tag' ? product.tags : [product[field]]
  return own.some((text) => text.toLowerCase() === wanted)
}
