import { type SQL, sql } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { type CollectionRule, products } from '#db/schema/catalog.ts'

export type RuleSet = { match: 'all' | 'any'; rules: CollectionRule[] }

/**
 * Which products match an automatic collection's rules, whatever their status; not case-sensitive. No rules match
 * nothing.
 */
export function matchesRules({ match, rules }: RuleSet): SQL {
  if (rules.length === 0) return sql`false`
  const conditions = rules.map(({ field, value }) =>
    field === 'tag'
      ? sql`exists (select from unnest(${products.tags}) as tag where lower(tag) = lower(${value}))`
      : sql`lower(${products[field]}) = lower(${value})`,
  )
  return sql`(${sql.join(conditions, match === 'all' ? sql` and ` : sql` or `)})`
}

/** How many products match the rules now, whatever their status. */
export async function countMatches(ruleSet: RuleSet): Promise<number> {
  return db.$count(products, matchesRules(ruleSet))
}
