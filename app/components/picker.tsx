import { useEffect, useId, useRef, useState } from 'react'
import { describe, FieldFrame, type FrameProps } from './field.tsx'
import { foldText } from './fold-text.ts'
import type { FieldProps } from './form-fields.ts'

type Choice = { value: string; label: string }
type Props = FieldProps & FrameProps & { choices: Choice[]; onMount?: (select: HTMLSelectElement) => void }

/**
 * One of many choices: a select, in front of which JavaScript puts a combobox that can be searched (ARIA combobox with a
 * list). The select keeps the value. `onMount` may change it before.
 */
export function Picker(props: Props) {
  const { id, name, defaultValue, errors, choices, label, hint, isOptional, hidesLabel, onMount } = props
  const select = useRef<HTMLSelectElement>(null)
  const [initial, setInitial] = useState<string | null>(null)
  // The select may have been changed before this script ran.
  useEffect(() => {
    if (!select.current) return
    onMount?.(select.current)
    setInitial(select.current.value)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once
  }, [])
  const onChoose = (value: string) => {
    if (!select.current) return
    select.current.value = value
    // The form notices the change.
    select.current.dispatchEvent(new Event('change', { bubbles: true }))
  }
  const error = errors?.[0]
  const described = describe(id, { hint, error })
  return (
    <FieldFrame {...{ id, label, hint, isOptional, hidesLabel, error }}>
      <select
        {...{ name, defaultValue }}
        {...(initial === null && { id, ...described })}
        hidden={initial !== null}
        ref={select}
        className="input"
      >
        {choices.map(({ value, label: text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
      {initial !== null && <Combobox {...{ id, choices, initial, described, onChoose }} />}
    </FieldFrame>
  )
}

type ComboboxProps = {
  id: string
  choices: Choice[]
  initial: string
  described: ReturnType<typeof describe>
  onChoose: (value: string) => void
}

function Combobox({ id, choices, initial, described, onChoose }: ComboboxProps) {
  const [value, setValue] = useState(initial)
  /** What is typed; null while the list is closed. */
  const [query, setQuery] = useState<string | null>(null)
  const [active, setActive] = useState(0)
  const listId = useId()
  const list = useRef<HTMLUListElement>(null)
  const chosen = choices.find((choice) => choice.value === value)
  const found = query === null ? [] : search(choices, query)
  const open = (text: string) => {
    setQuery(text)
    setActive(
      text === ''
        ? Math.max(
            0,
            choices.findIndex((choice) => choice.value === value),
          )
        : 0,
    )
  }
  const choose = (choice: Choice | undefined) => {
    if (choice) {
      setValue(choice.value)
      onChoose(choice.value)
    }
    setQuery(null)
  }
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [active, query])

  const onKeyDown = (event: React.KeyboardEvent<HTMLInputElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key]
    if (step) {
      if (query === null) open('')
      else setActive(Math.min(Math.max(active + step, 0), found.length - 1))
    } else if (event.key === 'Enter' && query !== null) choose(found[active])
    else if (event.key === 'Escape' && query !== null) setQuery(null)
    else return
    event.preventDefault()
  }
  return (
    <div className="picker">
      <input
        id={id}
        {...described}
        type="text"
        role="combobox"
        className="input"
        autoComplete="off"
        spellCheck={false}
        aria-expanded={query !== null}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={found[active] && `${listId}-${active}`}
        value={query === null ? chosen?.label : query}
        placeholder={chosen?.label}
        onClick={() => query === null && open('')}
        // What is searched for is not a change of the form.
        onInput={(event) => event.stopPropagation()}
        onChange={(event) => {
          event.stopPropagation()
          open(event.currentTarget.value)
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setQuery(null)}
      />
      <ul id={listId} ref={list} role="listbox" className="picker__list" hidden={query === null}>
        {found.map((choice, index) => (
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the input handles the keys
          <li
            key={choice.value}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === active}
            className="picker__option"
            // The input keeps the focus.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(choice)}
          >
            {choice.label}
          </li>
        ))}
        {query !== null && found.length === 0 && (
          <li role="option" aria-disabled="true" aria-selected={false} className="picker__none">
            No match for “{query}”
          </li>
        )}
      </ul>
    </div>
  )
}

/** The choices that contain each word; those that begin with the text come first. */
function search(choices: Choice[], query: string): Choice[] {
  const text = foldText(query.trim())
  if (text === '') return choices
  const words = text.split(/\s+/)
  const found = choices.filter(({ label }) => words.every((word) => foldText(label).includes(word)))
  const begins = ({ label }: Choice) => foldText(label).startsWith(text)
  return [...found.filter(begins), ...found.filter((choice) => !begins(choice))]
}
