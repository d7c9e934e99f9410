import { useRouteLoaderData } from '@remix-run/react'
import { pagePath, type PageLink } from '#app/domain/pages/pages.ts'

/** The store's published policies. */
export function usePolicies(): PageLink[] {
  const layout = useRouteLoaderData<{ footer: { policies: PageLink[] } }>('routes/_shop')
  return layout?.footer.policies ?? []
}

/** A link that opens in a new tab, so that nothing typed on the page is lost. The text around it says so. */
export function PolicyLink({ policy }: { policy: PageLink }) {
  return (
    <a href={pagePath(policy)} target="_blank" rel="noreferrer">
      <span dir="auto">{policy.title}</span>
    </a>
  )
}
