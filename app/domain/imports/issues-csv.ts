import { csvLine } from '#app/domain/csv.ts'
import type { ImportIssue } from './issue.ts'

type ListedIssue = ImportIssue & { handle: string }

/** The issues of an import as a CSV file; with a BOM, so that spreadsheets read it as UTF-8. */
export function issuesToCsv(issues: ListedIssue[]): string {
  const rows = issues.map(({ line, column, value = '', message, handle }) => [
    String(line),
    ...[column, value, message, handle],
  ])
  const lines = [['Line', 'Column', 'Value', 'Reason', 'Product'], ...rows].map(csvLine)
  return `\ufeff${lines.join('')}`
}
