import { useSearchParams } from '@remix-run/react'
import { useHydrated } from '#app/components/hydrated.ts'
import { searchParameter } from '#app/urls.ts'

/** The search that led to this page; null until the page's script runs, because the page is cached without it. */
export function useFoundBy(): string | null {
  const [params] = useSearchParams()
  return useHydrated() ? params.get(searchParameter) : null
}
