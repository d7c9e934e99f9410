/** One line of a CSV file, each cell quoted. A file for spreadsheets begins with a BOM, so that they read it as UTF-8. */
export function csvLine(cells: string[]): string {
  return `${cells.map((cell) => `"${asText(cell).replaceAll('"', '""')}"`).join(',')}\r\n`
}

/** A spreadsheet would run a cell that begins with one of these as a formula. */
function asText(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
}
