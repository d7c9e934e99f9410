import type { ShouldRevalidateFunction } from '@remix-run/react'

/** The topics of the current revalidation; null for one that no event caused, '*' for everything live. */
let cause: string[] | null = null

/**
 * For `shouldRevalidate`: of the revalidations that events cause, the route's loader takes part only in those about
 * topics with one of these prefixes; without prefixes, in none. All others return `otherwise`, or the default.
 */
export function revalidateOn(prefixes: string[], otherwise?: boolean): ShouldRevalidateFunction {
  return ({ defaultShouldRevalidate }) =>
    cause === null
      ? (otherwise ?? defaultShouldRevalidate)
      : cause.some((topic) =>
          topic === '*' ? prefixes.length > 0 : prefixes.some((prefix) => topic.startsWith(prefix)),
        )
}

/** Revalidates the routes that show these topics. The router calls their `shouldRevalidate` before this returns. */
export function revalidateFor(topics: string[], revalidate: () => void): void {
  cause = topics
  revalidate()
  cause = null
}
