import { EmptyState } from '#app/components/empty-state.tsx'

/** Shown until the store is set up. */
export function ClosedPage() {
  return (
    <main id="content" className="page closed">
      <EmptyState art="opening soon" title="This store isn’t open yet" level="h1">
        <p>Please check back soon.</p>
        <p className="soft small">Store owner? Open the setup link from the server log.</p>
      </EmptyState>
    </main>
  )
}
