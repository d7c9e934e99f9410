import type { ImportIssue } from './issue.ts'

type ListedIssue = ImportIssue & { handle: string }

/** The issues of an import as a CSV file; with a BOM, so that spreadsheets read it as UTF-8. */
export function issuesToCsv(issues: ListedIssue[]): string {
  const rows = issues.map(({ line, column, value = '', message, handle }) => [
    String(line),
    ...[column, value, message, handle].map(asText),
  ])
  const lines = [['Line', 'Column', 'Value', 'Reason', 'Product'], ...rows].map((cells) =>
    cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','),
  )
  return `\ufeff${lines.join('\r\n')}\r\n`
}

/** A spreadsheet would run a cell that begins with one of these as a formula. */
function asText(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
}
