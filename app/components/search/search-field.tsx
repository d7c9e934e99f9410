import { Form } from '@remix-run/react'
import { useId, useRef, useState } from 'react'
import { useHydrated, useMediaQuery } from '#app/components/hydrated.ts'
import { SearchIcon } from '#app/components/icons.tsx'
import { formatCount } from '#app/domain/intl.ts'
import { normalizeQuery } from '#app/domain/search/search.ts'
import { urls } from '#app/urls.ts'
import { Announcement } from './announcement.tsx'
import { addRecentSearch, clearRecentSearches, useRecentSearches } from './recent-searches.ts'
import {
  fitSuggestions,
  groupRecentSearches,
  groupSuggestions,
  type SuggestionOption,
} from './suggestion-groups.ts'
import { SuggestionList } from './suggestion-list.tsx'
import { useSuggestions } from './use-suggestions.ts'

type Props = { label: string; formLabel?: string; placeholder: string; defaultValue?: string }

/**
 * A form that searches the store. With JavaScript its field is a combobox that suggests searches, collections and
 * products, and recent searches while it is empty (ARIA pattern: editable combobox with list autocomplete).
 */
export function SearchField({ label, formLabel, placeholder, defaultValue = '' }: Props) {
  const inputId = useId()
  const listId = useId()
  const input = useRef<HTMLInputElement>(null)
  const hasScript = useHydrated()
  const [text, setText] = useState(defaultValue)
  const [isExpanded, setExpanded] = useState(false)
  /** The key of an option: the options may change while one is active. */
  const [activeKey, setActiveKey] = useState<string | null>(null)
  const query = normalizeQuery(text)
  const { groups, status } = useGroups(query, isExpanded)
  const options = groups.flatMap((group) => group.options)
  const isOpen = isExpanded && options.length > 0
  const active = isOpen ? options.findIndex(({ key }) => key === activeKey) : -1

  const expand = () => {
    setText(input.current?.value ?? '')
    setExpanded(true)
  }
  const collapse = () => {
    setExpanded(false)
    setActiveKey(null)
  }
  const move = (step: 1 | -1) => {
    const from = active === -1 && step === -1 ? 0 : active
    setActiveKey(options.at((from + step) % options.length)?.key ?? null)
    expand()
  }
  const onKeyDown = (event: React.KeyboardEvent<HTMLInputElement>) => {
    // Keys of an input method that composes a letter.
    if (event.nativeEvent.isComposing) return
    const { key, altKey } = event
    if (key === 'ArrowDown') {
      if (altKey) expand()
      else move(1)
    } else if (key === 'ArrowUp') {
      if (altKey) collapse()
      else move(-1)
    } else if (key === 'Enter' && active !== -1) document.getElementById(`${listId}-${active}`)?.click()
    else if (key === 'Escape' && isOpen) collapse()
    else {
      // The other keys are for the text.
      if (['Home', 'End', 'ArrowLeft', 'ArrowRight'].includes(key)) setActiveKey(null)
      return
    }
    event.preventDefault()
  }
  const choose = (option: SuggestionOption) => {
    if (option.kind === 'clear') clearRecentSearches()
    if (option.kind === 'query' || option.kind === 'all') {
      addRecentSearch(option.query)
      if (input.current) input.current.value = option.query
      setText(option.query)
    }
    collapse()
  }
  return (
    <Form
      role="search"
      aria-label={formLabel}
      action={urls.search()}
      className="search"
      onSubmit={() => {
        addRecentSearch(input.current?.value ?? '')
        collapse()
      }}
    >
      <label htmlFor={inputId} className="visually-hidden">
        {label}
      </label>
      <div className="search__row">
        <input
          ref={input}
          id={inputId}
          // A combobox may only be a text field.
          type={hasScript ? 'text' : 'search'}
          name="q"
          defaultValue={defaultValue}
          placeholder={placeholder}
          maxLength={100}
          autoComplete="off"
          enterKeyHint="search"
          className="search__input"
          {...(hasScript && {
            ...{ role: 'combobox', spellCheck: false, autoCapitalize: 'off', 'aria-autocomplete': 'list' },
            ...{ 'aria-expanded': isOpen, 'aria-controls': listId },
            'aria-activedescendant': active === -1 ? undefined : `${listId}-${active}`,
            onChange: () => {
              setActiveKey(null)
              expand()
            },
            onFocus: (event) => event.currentTarget.value === '' && expand(),
            onClick: expand,
            onBlur: collapse,
            onKeyDown,
          })}
        />
        <button className="search__button" aria-label="Search">
          <SearchIcon />
        </button>
      </div>
      {hasScript && (
        <>
          <SuggestionList {...{ listId, groups, isOpen, active, query, choose }} />
          <Announcement about={query} text={isExpanded ? status : ''} />
        </>
      )}
    </Form>
  )
}

/** The list for what is typed, and what is announced about it. */
function useGroups(query: string, isExpanded: boolean) {
  const recent = useRecentSearches()
  const answer = useSuggestions(query, isExpanded)
  const limit = useMediaQuery('(min-width: 44rem)') ? 9 : 7
  if (query === '')
    return {
      groups: groupRecentSearches(recent),
      status: recent.length > 0 ? formatCount(recent.length, 'recent search', 'recent searches') : '',
    }
  if (!answer) return { groups: [], status: '' }
  const groups = groupSuggestions(fitSuggestions(answer.suggestions, limit), query)
  const count = groups.flatMap(({ options }) => options).length
  const status = count === 0 ? 'No suggestions' : formatCount(count, 'suggestion')
  return { groups, status: answer.query === query ? status : '' }
}
