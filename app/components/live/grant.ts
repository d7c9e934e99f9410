/** How the browser reads a grant (signed in app/domain/realtime/grant.server.ts); its text is not secret. */
export type Granted = { position: string; session: number; topics: Map<string, number> }

/** Topics by name, with the version that the page shows, or 0. The session is 0 in a public grant. */
export function parseGrant(text: string): Granted {
  const [, position = '', session, topics = ''] = text.split('~')
  return {
    position,
    session: Number(session),
    topics: new Map(
      topics
        .split(',')
        .filter(Boolean)
        .map((topic) => {
          const [name = '', version = 0] = topic.split('@')
          return [name, Number(version)]
        }),
    ),
  }
}

/** Whether an event announced at the first position may be missing from a page rendered at the second. */
export function isNewerPosition(event: string, page: string): boolean {
  const [epoch, number] = event.split('.')
  const [pageEpoch, pageNumber] = page.split('.')
  return epoch !== pageEpoch || Number(number) > Number(pageNumber)
}
