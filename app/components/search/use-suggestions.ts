import { useEffect, useState } from 'react'
import { minQueryLength, noSuggestions, type Suggestions } from '#app/domain/search/suggestions.ts'
import { urls } from '#app/urls.ts'

const pauseMs = 150

type Answer = { query: string; suggestions: Suggestions }

/**
 * The suggestions for what is typed, requested when typing pauses. Until they arrive, those for an earlier state of the
 * same text are returned. An answer that is overtaken by a newer query is dropped; an error is an empty answer.
 */
export function useSuggestions(query: string, isWanted: boolean): Answer | null {
  const [answer, setAnswer] = useState<Answer | null>(null)
  const isLongEnough = query.length >= minQueryLength
  useEffect(() => {
    if (!isWanted || !isLongEnough) return
    const request = new AbortController()
    const load = async () => {
      const suggestions = await fetchSuggestions(query, request.signal)
      if (!request.signal.aborted) setAnswer({ query, suggestions })
    }
    const timer = setTimeout(() => void load(), pauseMs)
    return () => {
      clearTimeout(timer)
      request.abort()
    }
  }, [query, isWanted, isLongEnough])
  const isRelated = answer && (query.startsWith(answer.query) || answer.query.startsWith(query))
  return isLongEnough && isRelated ? answer : null
}

async function fetchSuggestions(query: string, signal: AbortSignal): Promise<Suggestions> {
  try {
    const response = await fetch(urls.searchSuggestions(query), { signal })
    return response.ok ? ((await response.json()) as Suggestions) : noSuggestions
  } catch {
    return noSuggestions
  }
}
