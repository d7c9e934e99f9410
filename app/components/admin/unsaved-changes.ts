/** Whether a control of the form differs from the value that the page was loaded with. Hidden fields do not count. */
export function hasUnsavedChanges(form: HTMLFormElement): boolean {
  return [...form.elements].some(
    (control) =>
      (control instanceof HTMLInputElement && isInputChanged(control)) ||
      (control instanceof HTMLTextAreaElement && lines(control.value) !== lines(control.defaultValue)) ||
      (control instanceof HTMLSelectElement && isSelectChanged(control)),
  )
}

function isInputChanged(input: HTMLInputElement): boolean {
  switch (input.type) {
    case 'hidden':
    case 'submit':
      return false
    case 'checkbox':
    case 'radio':
      return input.checked !== input.defaultChecked
    case 'file':
      return (input.files?.length ?? 0) > 0
    case 'color':
      return input.value.toLowerCase() !== input.defaultValue.toLowerCase()
    default:
      return input.value !== input.defaultValue
  }
}

/** Without an option that is selected by the page, the first one is. */
function isSelectChanged({ options, multiple }: HTMLSelectElement): boolean {
  const isLoaded = [...options].some((option) => option.defaultSelected)
  return [...options].some((option, index) =>
    isLoaded || multiple ? option.selected !== option.defaultSelected : option.selected !== (index === 0),
  )
}

const lines = (text: string) => text.replace(/\r\n?/g, '\n')
