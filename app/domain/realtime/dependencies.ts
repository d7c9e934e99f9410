import type { CollectionRule } from '#db/schema/catalog.ts'

/**
 * The dependencies of a product list, under the names that triggers announce: a set of products changes when a product
 * is added, removed or published; product facts are what sorting and filtering use besides. Each product shown is a
 * dependency of its own; every page depends on collections and settings.
 */

/** Titles, prices and availability of all products. */
export const productFacts = 'product-facts'

/** Keys as triggers write them: "all", "collection:5", "type:Lamp", "vendor:Hill & Co", "tag:new". */
export function setName(key: string): string {
  // Rules are not case-sensitive. Upper case first: it merges some letters that have two lowercase forms.
  return `set ${key.toUpperCase().toLowerCase()}`
}

type Scope =
  | { kind: 'all' }
  | { kind: 'collection'; id: number; by: 'manual' }
  | { kind: 'collection'; by: 'rule'; match: 'all' | 'any'; rules: CollectionRule[] }

/** The set that a list is taken from. */
export function scopeDependencies(scope: Scope): string[] {
  if (scope.kind === 'all') return [setName('all')]
  if (scope.by === 'manual') return [setName(`collection:${scope.id}`)]
  const keys = scope.rules.map(({ field, value }) => setName(`${field}:${value}`))
  // Where all rules must match, a product that is added or removed is announced under each of them.
  return scope.match === 'all' ? keys.slice(0, 1) : keys
}

/** Products of the same type or with a shared tag. */
export function relatedDependencies({ type, tags }: { type: string; tags: string[] }): string[] {
  return [...(type ? [`type:${type}`] : []), ...tags.map((tag) => `tag:${tag}`)].map(setName)
}

/** These products, as a page or a list shows them. */
export function shownDependencies(products: { id: number }[]): string[] {
  return products.map(({ id }) => `product:${id}`)
}
