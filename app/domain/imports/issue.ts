/** An issue with a file, by line and column. An error rejects the product. */
export type ImportIssue = { severity: 'error' | 'warning'; line: number; column: string; message: string }

export function errorAt(line: number, column: string, message: string): ImportIssue {
  return { severity: 'error', line, column, message }
}

export function warningAt(line: number, column: string, message: string): ImportIssue {
  return { severity: 'warning', line, column, message }
}
