import { isNewerPosition, parseGrant } from './grant.ts'

/** What a tab receives: announcements as the database sent them, and control messages of the stream. */
export type LiveEvent = {
  type: 'message' | 'hello' | 'heartbeat' | 'resync' | 'close' | 'session'
  /** Position in the announcements. */
  id: string
  topic?: string
  kind?: string
  version?: number
  /** Why the stream was closed, and when to reconnect. */
  reason?: string
  retry?: number
  /** The session that ended, or that another tab has. */
  session?: number
  /** Signature ends of the grants that are no longer valid. */
  stale?: string[]
}

/**
 * What a tab does about an event: nothing, revalidate what shows the topic, revalidate everything, or reload the
 * document.
 */
export type Reaction = 'none' | 'reload-data' | 'reload-all' | 'hard-reload'

/**
 * Decides by the grants of the current page: events about topics it does not show, or versions it already has, are
 * ignored.
 */
export function decideReaction(event: LiveEvent, grants: string[]): Reaction {
  const all = grants.map(parseGrant)
  const sessions = all.map(({ session }) => session)
  switch (event.type) {
    case 'message':
      return all.some(
        ({ position, topics }) =>
          topics.has(event.topic!) &&
          isNewerPosition(event.id, position) &&
          (event.version === undefined || event.version > topics.get(event.topic!)!),
      )
        ? 'reload-data'
        : 'none'
    case 'resync':
      return all.some(({ position }) => isNewerPosition(event.id, position)) ? 'reload-data' : 'none'
    case 'hello':
    case 'close':
      if (event.reason === 'ended') return sessions.includes(event.session!) ? 'hard-reload' : 'none'
      return event.stale?.some((end) => grants.some((text) => text.endsWith(end))) ? 'reload-all' : 'none'
    case 'session':
      return event.session! > Math.max(0, ...sessions) ? 'reload-all' : 'none'
    case 'heartbeat':
      return 'none'
  }
}

/** Maximum random delay before a tab revalidates; longer where many tabs watch the same topic. */
export function jitterMs({ type, topic = '' }: LiveEvent): number {
  if (topic === 'catalog' || type === 'resync') return 2_000
  return topic.startsWith('product:') ? 500 : 0
}
