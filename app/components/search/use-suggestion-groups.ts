import { useMediaQuery } from '#app/components/hydrated.ts'
import { formatCount } from '#app/domain/intl.ts'
import { useRecentSearches } from './recent-searches.ts'
import {
  fitSuggestions,
  groupRecentSearches,
  groupSuggestions,
  type SuggestionGroup,
} from './suggestion-groups.ts'
import { useSuggestions } from './use-suggestions.ts'

type Found = {
  groups: SuggestionGroup[]
  /** What is announced about them; empty while they are not those of this query. */
  status: string
}

/** The list for what is typed: suggestions, or recent searches for an empty field. At most ten; eight where it is narrow. */
export function useSuggestionGroups(query: string, isExpanded: boolean): Found {
  const recent = useRecentSearches()
  const answer = useSuggestions(query, isExpanded)
  const limit = useMediaQuery('(min-width: 44rem)') ? 9 : 7
  if (query === '') {
    const status = recent.length > 0 ? formatCount(recent.length, 'recent search', 'recent searches') : ''
    return { groups: groupRecentSearches(recent), status }
  }
  if (!answer) return { groups: [], status: '' }
  const groups = groupSuggestions(fitSuggestions(answer.suggestions, limit), query)
  const count = groups.flatMap(({ options }) => options).length
  const status = count === 0 ? 'No suggestions' : formatCount(count, 'suggestion')
  return { groups, status: answer.query === query ? status : '' }
}
