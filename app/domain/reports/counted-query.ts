import { normalizeQuery } from '#app/domain/search/search.ts'

/** Days that search reports go back; afterwards counters and queries are deleted. */
export const searchReportDays = 90

/**
 * The text under which searches for a query are counted: normalized, in lower case, Latin letters without accents. Null
 * for an empty query, and for one that looks like an email address or a card number: those are counted nowhere.
 */
export function countedQuery(typed: string): string | null {
  const folded = normalizeQuery(typed)
    .toLowerCase()
    .normalize('NFD')
    .replace(/(\p{Script=Latin})[\u0300-\u036f]+/gu, '$1')
  const query = normalizeQuery(folded)
  return query === '' || /@|(?:\d[ -]?){15}/.test(query) ? null : query
}
