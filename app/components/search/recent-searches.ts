import { useMemo, useSyncExternalStore } from 'react'
import { normalizeQuery } from '#app/domain/search/search.ts'

const key = 'recent-searches'
const maxSearches = 5

const listeners = new Set<() => void>()

/** The last searches in this browser, newest first. They are stored only there. */
export function useRecentSearches(): string[] {
  const stored = useSyncExternalStore(subscribe, read, () => null)
  return useMemo(() => parse(stored), [stored])
}

export function addRecentSearch(typed: string) {
  const query = normalizeQuery(typed)
  if (query === '') return
  const others = parse(read()).filter((one) => one.toLowerCase() !== query.toLowerCase())
  write([query, ...others].slice(0, maxSearches))
}

export function clearRecentSearches() {
  write([])
}

function subscribe(onChange: () => void) {
  listeners.add(onChange)
  window.addEventListener('storage', onChange)
  return () => {
    listeners.delete(onChange)
    window.removeEventListener('storage', onChange)
  }
}

function read(): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    // Storage is turned off.
    return null
  }
}

function write(queries: string[]) {
  try {
    if (queries.length > 0) localStorage.setItem(key, JSON.stringify(queries))
    else localStorage.removeItem(key)
  } catch {
    return
  }
  for (const onChange of listeners) onChange()
}

/** Whatever is stored: the texts among it. */
function parse(stored: string | null): string[] {
  try {
    const values: unknown = JSON.parse(stored ?? '[]')
    return Array.isArray(values)
      ? values.filter((value): value is string => typeof value === 'string').slice(0, maxSearches)
      : []
  } catch {
    return []
  }
}
