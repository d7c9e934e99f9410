import { LRUCache } from 'lru-cache'
import { changePosition, hasChangedSince, recordChange } from './listener.server.ts'

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

const maxAgeMs = 60_000

/** The age is limited because products become visible at their publish date without a row change. */
const cache = new LRUCache<string, CacheEntry>({ max: 500, ttl: maxAgeMs, ttlResolution: 1_000 })

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

/** Under this name a page depends on an answer that may lag behind. */
export function laggingName(question: string): string {
  return `lagging ${question}`
}

/** An answer that may lag behind is made this long after the former one at the earliest. */
const refreshGapMs = 1_000
const refreshing = new Set<string>()

/**
 * Like cachedByCatalogVersion, for a slow query: after a change, the former answer is returned until the query has run
 * again. That counts as a change of `laggingName`, so that pages made from the former answer are made again. Answers are
 * at most a minute old.
 */
export function cachedWithLag<T>(of: Question<T>, ask: () => Promise<T>): Promise<T> {
  const found = cache.peek(of.question)
  if (!found || changePosition() === null || !hasChangedSince(found.position, found.names))
    return cachedByCatalogVersion(of, ask)
  if (!refreshing.has(of.question)) {
    refreshing.add(of.question)
    const ageMs = maxAgeMs - cache.getRemainingTTL(of.question)
    setTimeout(() => void refresh(of, ask), Math.max(0, refreshGapMs - ageMs)).unref()
  }
  return found.answer as Promise<T>
}

async function refresh<T>(of: Question<T>, ask: () => Promise<T>): Promise<void> {
  const position = changePosition()
  const answer = Promise.resolve(ask())
  const made = await answer.catch(() => undefined)
  refreshing.delete(of.question)
  if (made === undefined || position === null) cache.delete(of.question)
  else cache.set(of.question, { position, names: [...of.dependsOn, ...(of.shown?.(made) ?? [])], answer })
  recordChange(laggingName(of.question))
}
