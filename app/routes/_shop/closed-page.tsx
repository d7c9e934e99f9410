import { EmptyState } from '#app/components/empty-state.tsx'

/** Until the owner has claimed the shop there is nothing to sell, and nothing to give away either. */
export function ClosedPage() {
  return (
    <main id="content" className="page closed">
      <EmptyState art="opening soon" title="This shop is not open yet" level="h1">
        <p>Somebody is still arranging the shelves. Please come back a little later.</p>
        <p className="soft small">
          Is it yours? The server printed a link for setting up the shop when it started. Open that link to
          begin.
        </p>
      </EmptyState>
    </main>
  )
}
