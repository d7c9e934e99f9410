import type { ShouldRevalidateFunction } from '@remix-run/react'

/** What the reload under way is about; null for one that no event caused, '*' for whatever is live. */
let cause: string[] | null = null

/**
 * For `shouldRevalidate`: of the reloads that events cause, the route's loader takes part only in those about
 * topics that begin like this; without any, in none. All other reloads are `otherwise`, or as usual.
 */
export function reloadsOn(beginnings: string[], otherwise?: boolean): ShouldRevalidateFunction {
  return ({ defaultShouldRevalidate }) =>
    cause === null
      ? (otherwise ?? defaultShouldRevalidate)
      : cause.some((topic) =>
          topic === '*' ? beginnings.length > 0 : beginnings.some((part) => topic.startsWith(part)),
        )
}

/** Reads anew what shows these topics. The router asks its routes before this returns. */
export function reloadAbout(topics: string[], revalidate: () => void): void {
  cause = topics
  revalidate()
  cause = null
}
