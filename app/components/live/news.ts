import { isAfter, readGranted } from './grant.ts'

/** What arrives at a tab: announcements as the database made them, and words of the stream about itself. */
export type LiveEvent = {
  type: 'message' | 'hello' | 'beat' | 'resync' | 'bye' | 'session'
  /** Position in the announcements. */
  id: string
  topic?: string
  kind?: string
  version?: number
  /** Why the stream said goodbye, and when to come back. */
  reason?: string
  retry?: number
  /** The session that is over, or that another tab has. */
  session?: number
  /** How the grants end that are worth nothing any more. */
  stale?: string[]
}

/** What a tab does about an event: nothing, read its pages anew, read everything anew, or start over. */
export type Reaction = 'none' | 'reload-data' | 'reload-all' | 'start-over'

/** Judged by the grants of the page as it is now: what it shows already, or does not show at all, is no news. */
export function reactionTo(event: LiveEvent, grants: string[]): Reaction {
  const all = grants.map(readGranted)
  const sessions = all.map(({ session }) => session)
  switch (event.type) {
    case 'message':
      return all.some(
        ({ position, topics }) =>
          topics.has(event.topic!) &&
          isAfter(event.id, position) &&
          (event.version === undefined || event.version > topics.get(event.topic!)!),
      )
        ? 'reload-data'
        : 'none'
    case 'resync':
      return all.some(({ position }) => isAfter(event.id, position)) ? 'reload-data' : 'none'
    case 'hello':
    case 'bye':
      if (event.reason === 'ended') return sessions.includes(event.session!) ? 'start-over' : 'none'
      return event.stale?.some((end) => grants.some((text) => text.endsWith(end))) ? 'reload-all' : 'none'
    case 'session':
      return event.session! > Math.max(0, ...sessions) ? 'reload-all' : 'none'
    case 'beat':
      return 'none'
  }
}

/** So long a tab waits at most, at random, before it asks: longer where many watch the same. */
export function spreadOf({ type, topic = '' }: LiveEvent): number {
  if (topic === 'catalog' || type === 'resync') return 2_000
  return topic.startsWith('product:') ? 500 : 0
}
