import { LRUCache } from 'lru-cache'
import { changePosition, hasChangedSince } from './listener.server.ts'

type CacheEntry = {
  position: number
  names: readonly string[] | null
  answer: Promise<unknown>
}

type Question<T> = {
  question: string
  /** The dependencies besides collections and settings; `shown` returns those that are known only from the answer. */
  dependsOn: readonly string[]
  shown?: (answer: T) => readonly string[]
}

/** The age is limited because products become visible at their publish date without a row change. */
const cache = new LRUCache<string, CacheEntry>({ max: 500, ttl: 60_000, ttlResolution: 1_000 })

/**
 * Caches the answer to a catalog query and shares it until one of its dependencies changes. While this process does not
 * receive changes, and after an error, every call runs the query.
 */
export function cachedByCatalogVersion<T>(of: Question<T>, ask: () => Promise<T>): Promise<T> {
  const { question, dependsOn, shown } = of
  const position = changePosition()
  if (position === null) return ask()
  const found = cache.get(question)
  if (found && !hasChangedSince(found.position, found.names)) return found.answer as Promise<T>
  // A Drizzle query is not a promise: it would run again for everyone who awaits it.
  const answer = Promise.resolve(ask())
  // Until the shown products are known, any change invalidates the entry.
  const entry: CacheEntry = { position, names: shown ? null : dependsOn, answer }
  cache.set(question, entry)
  answer.then(
    (made) => {
      if (shown) entry.names = [...dependsOn, ...shown(made)]
    },
    () => cache.peek(question) === entry && cache.delete(question),
  )
  return answer
}
