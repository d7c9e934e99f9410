/** Something about a file that its owner should know, by line and column. An error rejects the product. */
export type Problem = { severity: 'error' | 'warning'; line: number; column: string; message: string }

export function errorAt(line: number, column: string, message: string): Problem {
  return { severity: 'error', line, column, message }
}

export function warningAt(line: number, column: string, message: string): Problem {
  return { severity: 'warning', line, column, message }
}
