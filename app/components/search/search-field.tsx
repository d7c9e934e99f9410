import { Form } from '@remix-run/react'
import { useId, useRef, useState } from 'react'
import { useHydrated } from '#app/components/hydrated.ts'
import { SearchIcon } from '#app/components/icons.tsx'
import { normalizeQuery } from '#app/domain/search/search.ts'
import { urls } from '#app/urls.ts'
import { Announcement } from './announcement.tsx'
import { handleComboboxKey } from './combobox-keys.ts'
import { addRecentSearch, clearRecentSearches } from './recent-searches.ts'
import type { SuggestionOption } from './suggestion-groups.ts'
import { SuggestionList } from './suggestion-list.tsx'
import { useSuggestionGroups } from './use-suggestion-groups.ts'

type Props = { label: string; formLabel?: string; placeholder: string; defaultValue?: string }

/** The active option is known by its key, because the options may change. */
type State = { text: string; isExpanded: boolean; activeKey?: string }

/**
 * A form that searches the store. With JavaScript its field is a combobox that suggests searches, collections and
 * products, and recent searches while it is empty.
 */
export function SearchField({ label, formLabel, placeholder, defaultValue = '' }: Props) {
  const inputId = useId()
  const listId = useId()
  const input = useRef<HTMLInputElement>(null)
  const hasScript = useHydrated()
  const [{ text, isExpanded, activeKey }, setState] = useState<State>({
    text: defaultValue,
    isExpanded: false,
  })
  const query = normalizeQuery(text)
  const { groups, status } = useSuggestionGroups(query, isExpanded)
  const optionKeys = groups.flatMap(({ options }) => options).map(({ key }) => key)
  const isOpen = isExpanded && optionKeys.length > 0
  const active = isOpen && activeKey !== undefined ? optionKeys.indexOf(activeKey) : -1

  const expand = (key?: string) =>
    setState({ text: input.current?.value ?? '', isExpanded: true, activeKey: key })
  const collapse = () => setState(({ text }) => ({ text, isExpanded: false }))
  const follow = (index: number) => document.getElementById(`${listId}-${index}`)?.click()
  const choose = (option: SuggestionOption) => {
    if (option.kind === 'clear') clearRecentSearches()
    if (option.kind === 'query' || option.kind === 'all') {
      addRecentSearch(option.query)
      if (input.current) input.current.value = option.query
    }
    setState({ text: input.current?.value ?? '', isExpanded: false })
  }
  const search = () => {
    addRecentSearch(input.current?.value ?? '')
    collapse()
  }
  const comboboxProps: React.InputHTMLAttributes<HTMLInputElement> = {
    ...{ type: 'text', role: 'combobox', spellCheck: false, autoCapitalize: 'off' },
    ...{ 'aria-autocomplete': 'list', 'aria-expanded': isOpen, 'aria-controls': listId },
    'aria-activedescendant': active === -1 ? undefined : `${listId}-${active}`,
    onChange: () => expand(),
    onClick: () => expand(),
    onFocus: (event) => event.currentTarget.value === '' && expand(),
    onBlur: collapse,
    onKeyDown: (event) => handleComboboxKey(event, { optionKeys, active, isOpen, expand, collapse, follow }),
  }
  return (
    <Form role="search" aria-label={formLabel} action={urls.search()} className="search" onSubmit={search}>
      <label htmlFor={inputId} className="visually-hidden">
        {label}
      </label>
      <div className="search__row">
        <input
          {...{ id: inputId, ref: input, type: 'search', name: 'q', defaultValue, placeholder }}
          {...{ maxLength: 100, autoComplete: 'off', enterKeyHint: 'search', className: 'search__input' }}
          {...(hasScript && comboboxProps)}
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
