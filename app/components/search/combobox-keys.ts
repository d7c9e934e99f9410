type Combobox = {
  optionKeys: string[]
  /** The index of the active option; -1 for none. */
  active: number
  isOpen: boolean
  /** Opens the list, with this option active. */
  expand: (key?: string) => void
  collapse: () => void
  follow: (index: number) => void
}

/**
 * The keys of an editable combobox with a listbox (ARIA Authoring Practices). The arrows wrap around; keys that move the
 * caret are left to the field, and then no option is active.
 */
export function handleComboboxKey(event: React.KeyboardEvent, combobox: Combobox) {
  // An input method is composing a letter.
  if (event.nativeEvent.isComposing) return
  const { optionKeys, active, isOpen, expand, collapse, follow } = combobox
  switch (event.key) {
    case 'ArrowDown':
      expand(event.altKey ? undefined : optionKeys[(active + 1) % optionKeys.length])
      break
    case 'ArrowUp':
      if (event.altKey) collapse()
      else expand(optionKeys.at(active === -1 ? -1 : active - 1))
      break
    case 'Enter':
      if (active === -1) return
      follow(active)
      break
    case 'Escape':
      if (!isOpen) return
      collapse()
      break
    case 'Home':
    case 'End':
    case 'ArrowLeft':
    case 'ArrowRight':
      if (isOpen) expand()
      return
    default:
      return
  }
  event.preventDefault()
}
