import type { CollectionRule } from '#db/schema/catalog.ts'

/** Rule matching in memory; the same rule in SQL is in listing.server.ts. */

type RuleCollection = { match: 'all' | 'any'; rules: CollectionRule[] }
type Described = { type: string; vendor: string; tags: string[] }

/** Whether the product matches the collection's rules. A collection without rules matches nothing. */
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
