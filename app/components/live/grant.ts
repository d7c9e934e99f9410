/** What the browser reads of a grant (app/domain/realtime/grant.server.ts signs it): its text is not secret. */
export type Granted = { position: string; session: number; topics: Map<string, number> }

/** Topics by name, with the version that the page shows, or 0. The session is 0 in a grant for everybody. */
export function readGranted(text: string): Granted {
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

/** Whether something told at the one position can be missing from a page made at the other. */
export function isAfter(told: string, made: string): boolean {
  const [epoch, number] = told.split('.')
  const [ofPage, atPage] = made.split('.')
  return epoch !== ofPage || Number(number) > Number(atPage)
}
