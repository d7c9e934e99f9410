/** An issue with a file, by line and column. An error rejects the product. */
export type ImportIssue = {
  severity: 'error' | 'warning'
  line: number
  column: string
  message: string
  /** The cell; missing where the issue is about more than one. */
  value?: string
}

export function errorAt(line: number, column: string, message: string, value?: string): ImportIssue {
  return { severity: 'error', line, column, message, ...(value && { value: cut(value) }) }
}

export function warningAt(line: number, column: string, message: string, value?: string): ImportIssue {
  return { severity: 'warning', line, column, message, ...(value && { value: cut(value) }) }
}

function cut(value: string): string {
  return value.length <= 500 ? value : `${value.slice(0, 499).toWellFormed()}…`
}
