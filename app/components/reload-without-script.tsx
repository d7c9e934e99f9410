import { useMatches } from '@remix-run/react'

/** What the handle of a route that waits for something declares. */
export type ReloadHandle = {
  /** After how many seconds the page is loaded again without JavaScript, for the loader's data; null for never. */
  reloadSeconds?: (data: never) => number | null
}

/** For the head, because a `meta` in the body is not valid HTML. */
export function ReloadWithoutScript() {
  const seconds = useMatches()
    .map(({ handle, data }) =>
      data ? (handle as ReloadHandle | undefined)?.reloadSeconds?.(data as never) : null,
    )
    .find(Boolean)
  if (!seconds) return null
  return (
    <noscript>
      <meta httpEquiv="refresh" content={String(seconds)} />
    </noscript>
  )
}
